package dev.vitrine.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.wire.InternalHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The whole service on a free port, with the test platform's Kafka and without a vector cache. */
final class RunningRetrieval implements AutoCloseable {

    static final String VECTOR =
            Base64.getEncoder().encodeToString(VectorBytes.encode(new float[] {0.6f, 0.8f}));

    /** What embedding answers. */
    static final String EMBEDDING =
            "{\"model\":\"mini\",\"dimensions\":2,\"vectors\":[\"" + VECTOR + "\"]}";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI address;

    RunningRetrieval(URI index, URI embedding, String... settings) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--spring.config.name=retrieval",
                                "--server.port=0",
                                "--retrieval.embedding.cache-size=0",
                                "--retrieval.index.uri=" + index,
                                "--retrieval.embedding.uri=" + embedding,
                                "--spring.kafka.bootstrap-servers="
                                        + TestPlatform.kafkaBootstrapServers()));
        arguments.addAll(List.of(settings));
        context =
                SpringApplication.run(RetrievalApplication.class, arguments.toArray(String[]::new));
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        address = URI.create("http://127.0.0.1:" + port);
    }

    /** Publishes a catalogue and waits until the service knows it. */
    void publish(String catalog, String schema)
            throws InterruptedException, ExecutionException, TimeoutException {
        CatalogChanged changed =
                new CatalogChanged(
                        InternalHeaders.DEFAULT_TENANT,
                        catalog,
                        1,
                        false,
                        WireJson.mapper().readValue(schema, CatalogSchema.class));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", TestPlatform.kafkaBootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.SCHEMAS, changed.ref().key(), WireJson.write(changed)))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        Deadline deadline = Deadline.in(PATIENCE, Clock.systemUTC());
        assertThat(
                        context.getBean(CatalogDirectory.class)
                                .await(
                                        new RequestContext(changed.tenant(), deadline)
                                                .catalog(catalog),
                                        1,
                                        deadline))
                .isPresent();
    }

    /** Searches with this deadline, as the gateway does. */
    HttpResponse<String> search(String catalog, String body, int timeoutMillis)
            throws IOException, InterruptedException {
        return send(
                request("/v1/catalogs/" + catalog + "/search")
                        .header("Content-Type", "application/json")
                        .header(InternalHeaders.TENANT, InternalHeaders.DEFAULT_TENANT)
                        .header(InternalHeaders.DEADLINE_MILLIS, Integer.toString(timeoutMillis))
                        // The far end of the deadline: an answer that comes much later fails here.
                        .timeout(Duration.ofMillis(timeoutMillis).plusSeconds(20))
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return WireJson.mapper().readTree(response.body());
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
