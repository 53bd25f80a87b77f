package dev.vitrine.index;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/** index-service in its writer role on a free port, with real PostgreSQL and Kafka. */
public final class WriterApp implements AutoCloseable {

    /** Generous: hosts are shared; a test that needs it all has failed. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ConfigurableApplicationContext context;
    private final URI base;

    private WriterApp(ConfigurableApplicationContext context) {
        this.context = context;
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    /** Starts the service; {@code properties} as {@code name=value}. */
    public static WriterApp start(TestDatabase database, String... properties) {
        return start(database, Clock.systemUTC(), properties);
    }

    /** The same at another time. */
    public static WriterApp start(TestDatabase database, Clock clock, String... properties) {
        // By name, because Spring joins the values of an argument that is there twice.
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("spring.config.name", "index");
        arguments.put("server.port", "0");
        arguments.put("index.roles", "writer");
        arguments.put("spring.datasource.url", database.jdbcUrl());
        arguments.put("spring.datasource.username", database.user());
        arguments.put("spring.datasource.password", database.password());
        for (String property : properties) {
            int equals = property.indexOf('=');
            arguments.put(property.substring(0, equals), property.substring(equals + 1));
        }
        arguments.computeIfAbsent(
                "spring.kafka.bootstrap-servers", name -> TestPlatform.kafkaBootstrapServers());
        return new WriterApp(
                new SpringApplicationBuilder(IndexApplication.class)
                        .initializers(context ->
                                ((GenericApplicationContext) context)
                                        .registerBean(Clock.class, () -> clock))
                        .run(
                                arguments.entrySet().stream()
                                        .map(entry -> "--" + entry)
                                        .toArray(String[]::new)));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public URI uri(String path) {
        return base.resolve(path);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    }

    public HttpResponse<String> put(String path, String body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> patch(String path, String body) {
        return send(
                request(path)
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    public HttpResponse<String> importBytes(
            String catalog, String query, String contentType, byte[] body) {
        return send(
                request("/v1/catalogs/" + catalog + "/products:import" + query)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(String text) {
        return WireJson.mapper().readTree(text);
    }

    public static List<JsonNode> lines(HttpResponse<String> response) {
        return response.body().lines().map(WriterApp::json).toList();
    }

    /** Waits for work that goes on elsewhere. */
    public static void await(String what, Predicate<Duration> condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            // A condition that reads does the waiting itself, bounded by what it is given.
            if (condition.test(Duration.ofMillis(100))) {
                return;
            }
            // Others only look, and without a pause would take a core from what they wait for.
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new AssertionError("did not happen: " + what);
    }

    /**
     * The records of a topic whose keys begin so.
     *
     * @param enough whether there are enough of them; asked once there is one
     */
    public static List<ConsumerRecord<String, byte[]>> records(
            String topic,
            String keyPrefix,
            Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
        Properties settings = new Properties();
        settings.putAll(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestPlatform.kafkaBootstrapServers()));
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            int partitions = topic.equals(Topics.SCHEMAS) ? 1 : Topics.STATE_PARTITIONS;
            List<TopicPartition> all =
                    IntStream.range(0, partitions)
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            await(
                    topic + " " + keyPrefix + ", there is " + records.size(),
                    pause -> {
                        for (ConsumerRecord<String, byte[]> record : consumer.poll(pause)) {
                            if (record.key().startsWith(keyPrefix)) {
                                records.add(record);
                            }
                        }
                        return !records.isEmpty() && enough.test(records);
                    });
        }
        return records;
    }

    @Override
    public void close() {
        context.close();
    }
}
