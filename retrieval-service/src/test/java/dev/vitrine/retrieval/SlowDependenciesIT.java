package dev.vitrine.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedded.testing.FaultyProxy;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * Embedding and index behind a network that is slow, silent or cut: deadlines hold, {@code partial}
 * names what was missing, breakers open and close again.
 */
class SlowDependenciesIT {

    private static final String CATALOG = "slow-shop";
    private static final String SCHEMA =
            "{\"fields\":[{\"name\":\"title\",\"type\":\"text\",\"weight\":1,\"role\":\"title\"}]}";
    private static final String RESULT =
            """
            {"hits":[],"total":0,"totalRelation":"exact","facets":{},
             "cutoff":{"method":"fixed-logistic-1","threshold":0,"kept":0,"dropped":0},
             "statistics":{"terms":1,"textMatches":0,"bestBm25":0,"bestCosine":0,
              "semanticMatches":0},
             "generation":1,"tookMicros":1}
            """;
    private static final String EMBEDDING =
            "{\"model\":\"mini\",\"dimensions\":2,\"vectors\":[\""
                    + Base64.getEncoder()
                            .encodeToString(VectorBytes.encode(new float[] {0.6f, 0.8f}))
                    + "\"]}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final TestServer INDEX = new TestServer();
    private static final TestServer EMBEDDER = new TestServer();
    private static final FaultyProxy TO_INDEX = new FaultyProxy(INDEX.uri().getPort());
    private static final FaultyProxy TO_EMBEDDING = new FaultyProxy(EMBEDDER.uri().getPort());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext service;
    private static URI address;

    @BeforeAll
    static void start() throws Exception {
        service =
                new SpringApplicationBuilder(RetrievalApplication.class)
                        .run(
                                "--spring.config.name=retrieval",
                                "--server.port=0",
                                "--retrieval.embedding.cache-size=0",
                                "--retrieval.embedding.dependency.minimum-calls=4",
                                "--retrieval.embedding.dependency.window=4",
                                "--retrieval.embedding.dependency.open-for=200ms",
                                "--retrieval.index.dependency.minimum-calls=4",
                                "--retrieval.index.dependency.window=4",
                                "--retrieval.index.dependency.open-for=200ms",
                                "--retrieval.index.uri=http://127.0.0.1:" + TO_INDEX.port(),
                                "--retrieval.embedding.uri=http://127.0.0.1:" + TO_EMBEDDING.port(),
                                "--spring.kafka.bootstrap-servers="
                                        + TestPlatform.kafkaBootstrapServers());
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        address = URI.create("http://127.0.0.1:" + port);
        INDEX.answer(200, RESULT);
        EMBEDDER.answer(200, EMBEDDING);
        publishSchema();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        TO_INDEX.close();
        TO_EMBEDDING.close();
        INDEX.close();
        EMBEDDER.close();
        HTTP.close();
    }

    @BeforeEach
    void heal() throws Exception {
        TO_INDEX.heal();
        TO_EMBEDDING.heal();
        await("all is well", SlowDependenciesIT::searchIsWhole);
    }

    @Test
    void slowNetworkWithinTheDeadline_answersWhole() throws Exception {
        TO_EMBEDDING.delay(Duration.ofMillis(20));
        TO_INDEX.delay(Duration.ofMillis(20));
        HttpResponse<String> response = search(4_000);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("partial")).isEmpty();
    }

    @Test
    void silentEmbedding_partialNamesItAndTheBreakerOpensAndCloses() throws Exception {
        TO_EMBEDDING.hang();
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> response = search(1_000);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(json(response).get("partial").get(0).stringValue()).isEqualTo("embedding");
        }
        // Open, it costs no time and still names what is missing.
        await("the breaker is seen open", () -> searchAndLook("embedding", 1.0));
        TO_EMBEDDING.heal();
        await("searches are whole again", SlowDependenciesIT::searchIsWhole);
        await("the breaker is seen closed", () -> searchAndLook("embedding", 0.0));
    }

    @Test
    void cutEmbedding_answersByTextUntilItIsBack() throws Exception {
        TO_EMBEDDING.refuse();
        HttpResponse<String> response = search(2_000);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("partial").get(0).stringValue()).isEqualTo("embedding");
        TO_EMBEDDING.heal();
        await("searches are whole again", SlowDependenciesIT::searchIsWhole);
    }

    @Test
    void silentIndex_is503InTimeAndTheBreakerOpensAndCloses() throws Exception {
        TO_INDEX.hang();
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> response = search(800);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(json(response).get("code").stringValue()).isEqualTo("INDEX_UNAVAILABLE");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        }
        await("the breaker is seen open", () -> searchAndLook("index", 1.0));
        TO_INDEX.heal();
        await("searches are whole again", SlowDependenciesIT::searchIsWhole);
        await("the breaker is seen closed", () -> searchAndLook("index", 0.0));
    }

    private static boolean searchIsWhole() {
        try {
            HttpResponse<String> response = search(4_000);
            return response.statusCode() == 200 && json(response).get("partial").isEmpty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call moves a breaker that has waited long enough. */
    private static boolean searchAndLook(String dependency, double open) {
        try {
            assertThat(search(800).statusCode()).isIn(200, 503);
            return metrics()
                    .lines()
                    .filter(line ->
                            line.startsWith("vitrine_dependency_open")
                                    && line.contains("\"" + dependency + "\""))
                    .anyMatch(line -> line.endsWith(" " + open));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (condition.getAsBoolean()) {
                return;
            }
        }
        throw new AssertionError("did not happen: " + what);
    }

    private static String metrics() throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(address.resolve("/actuator/prometheus")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static HttpResponse<String> search(int timeoutMillis) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(address.resolve("/v1/catalogs/" + CATALOG + "/search"))
                        .header("Content-Type", "application/json")
                        .header("Vitrine-Tenant", "default")
                        .header("Vitrine-Deadline-Millis", Integer.toString(timeoutMillis))
                        // The far end of the deadline: an answer that comes much later fails here.
                        .timeout(Duration.ofMillis(timeoutMillis).plusSeconds(20))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"q\":\"hub\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return WireJson.mapper().readTree(response.body());
    }

    private static void publishSchema() throws Exception {
        CatalogChanged changed =
                new CatalogChanged(
                        "default",
                        CATALOG,
                        1,
                        false,
                        WireJson.mapper().readValue(SCHEMA, CatalogSchema.class));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", TestPlatform.kafkaBootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.SCHEMAS, changed.ref().key(), WireJson.write(changed)))
                    .get(30, TimeUnit.SECONDS);
        }
        Deadline deadline = Deadline.in(PATIENCE, Clock.systemUTC());
        assertThat(
                        service.getBean(CatalogDirectory.class)
                                .await(
                                        new RequestContext("default", deadline).catalog(CATALOG),
                                        1,
                                        deadline))
                .isPresent();
    }
}
