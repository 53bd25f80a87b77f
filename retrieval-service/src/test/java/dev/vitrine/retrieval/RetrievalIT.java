package dev.vitrine.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.FilterParser;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * The whole service over HTTP. Kafka is real; index and embedding are servers that answer recorded
 * messages, because this service must not know theirs. The five together are tested in standalone.
 */
class RetrievalIT {

    private static final String TENANT = "default";
    private static final String SCHEMA =
            """
            {"fields":[{"name":"title","type":"text","weight":3,"role":"title"},
             {"name":"price","type":"number","filterable":true,"facet":true,"sortable":true}]}
            """;
    private static final String RESULT =
            """
            {"hits":[{"id":"42","version":3,"score":2.5,"relevance":0.9,"matchedBy":["text"],
              "fields":{"title":"USB hub","price":9.5}}],
             "total":1,"totalRelation":"exact","facets":{},
             "cutoff":{"method":"fixed-logistic-1","threshold":0,"kept":1,"dropped":0},
             "statistics":{"terms":2,"textMatches":1,"bestBm25":7.1,"bestCosine":0.6,
              "semanticMatches":1},
             "generation":17,"tookMicros":850,"somethingNewer":true}
            """;
    private static final String VECTOR =
            Base64.getEncoder().encodeToString(VectorBytes.encode(new float[] {0.6f, 0.8f}));
    private static final String EMBEDDING =
            "{\"model\":\"mini\",\"dimensions\":2,\"vectors\":[\"" + VECTOR + "\"]}";

    private static final TestServer INDEX = new TestServer();
    private static final TestServer EMBEDDER = new TestServer();
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
                                // No breaker here: one test's failures must not be another's.
                                "--retrieval.embedding.dependency.minimum-calls=100",
                                "--retrieval.embedding.dependency.window=100",
                                "--retrieval.index.dependency.minimum-calls=100",
                                "--retrieval.index.dependency.window=100",
                                "--retrieval.index.uri=" + INDEX.uri(),
                                "--retrieval.embedding.uri=" + EMBEDDER.uri(),
                                "--spring.kafka.bootstrap-servers="
                                        + TestPlatform.kafkaBootstrapServers());
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        address = URI.create("http://127.0.0.1:" + port);
        publish("shop");
    }

    @AfterAll
    static void stop() {
        service.close();
        INDEX.close();
        EMBEDDER.close();
        HTTP.close();
    }

    @BeforeEach
    void answerWell() {
        INDEX.answer(200, RESULT);
        EMBEDDER.answer(200, EMBEDDING);
        INDEX.forget();
        EMBEDDER.forget();
    }

    @Test
    void search_hybrid_sendsOnePlanAndAnswers() throws Exception {
        HttpResponse<String> response =
                search("{\"q\":\" usb  hub \",\"filter\":\"price < 20\",\"sort\":[\"-price\"]}");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.get("queryId").stringValue()).matches("[0-9a-f]{32}");
        assertThat(body.get("hits").get(0).get("fields").get("title").stringValue())
                .isEqualTo("USB hub");
        assertThat(body.get("generation").intValue()).isEqualTo(17);
        assertThat(body.get("partial")).isEmpty();
        assertThat(body.has("statistics")).as("only with explain").isFalse();

        assertThat(INDEX.received()).hasSize(1);
        TestServer.Received call = INDEX.received().getFirst();
        assertThat(call.path()).isEqualTo("/internal/v1/catalogs/shop/execute");
        assertThat(call.tenant()).isEqualTo(TENANT);
        assertThat(Integer.parseInt(call.deadlineMillis())).isBetween(1, 1500);
        JsonNode plan = WireJson.mapper().readTree(call.body());
        assertThat(plan.get("text").get("text").stringValue()).isEqualTo("usb hub");
        assertThat(plan.get("vector").stringValue()).isEqualTo(VECTOR);
        assertThat(plan.get("model").stringValue()).isEqualTo("mini");
        assertThat(plan.get("head").get("method").stringValue()).isEqualTo("fixed-logistic-1");
        assertThat(FilterParser.parse(plan.get("filter")))
                .isEqualTo(new Filter.Range("price", null, false, "20", false));
        assertThat(plan.get("limits").get("timeMillis").intValue()).isBetween(1, 1500);
    }

    @Test
    void search_explain_hasStatistics() throws Exception {
        JsonNode body = json(search("{\"q\":\"hub\",\"explain\":true}"));
        assertThat(body.get("statistics").get("bestBm25").doubleValue()).isEqualTo(7.1);
    }

    @Test
    void search_browse_asksNoEmbedding() throws Exception {
        assertThat(search("{}").statusCode()).isEqualTo(200);
        assertThat(EMBEDDER.received()).isEmpty();
    }

    @Test
    void search_embeddingHangs_answersByTextInTime() throws Exception {
        EMBEDDER.hang();
        long start = System.nanoTime();
        HttpResponse<String> response = search("{\"q\":\"hub\",\"timeoutMs\":1000}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("partial").get(0).stringValue()).isEqualTo("embedding");
        JsonNode plan = WireJson.mapper().readTree(INDEX.received().getFirst().body());
        assertThat(plan.path("vector").isString()).isFalse();
        assertThat(plan.get("text").get("text").stringValue()).isEqualTo("hub");
    }

    @Test
    void search_embeddingFails_answersByText() throws Exception {
        EMBEDDER.answer(503, "{}");
        HttpResponse<String> response = search("{\"q\":\"hub\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("partial")).hasSize(1);
    }

    @Test
    void search_semanticWithoutEmbedding_is503WithCode() throws Exception {
        EMBEDDER.answer(503, "{}");
        HttpResponse<String> response = search("{\"q\":\"hub\",\"mode\":\"semantic\"}");
        assertProblem(response, 503, "EMBEDDING_UNAVAILABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(INDEX.received()).isEmpty();
    }

    @Test
    void search_indexHangs_is503WithRetryAfter() throws Exception {
        INDEX.hang();
        HttpResponse<String> response = search("{\"q\":\"hub\",\"timeoutMs\":500}");
        assertProblem(response, 503, "INDEX_UNAVAILABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void search_indexRefuses_passesItsProblemOn() throws Exception {
        INDEX.answer(
                422,
                """
                {"type":"t","title":"The filter cannot be used","status":422,
                 "code":"FILTER_INVALID","errors":[{"pointer":"/filter","message":"no"}]}
                """);
        assertProblem(search("{\"q\":\"hub\"}"), 422, "FILTER_INVALID");
    }

    @Test
    void search_unknownCatalog_is404() throws Exception {
        assertProblem(post("nix", "{}"), 404, "CATALOG_NOT_FOUND");
        assertProblem(post("N%20IX", "{}"), 404, "CATALOG_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"q":          | 400 | MALFORMED_JSON
                    not json       | 400 | MALFORMED_JSON
                    {"q":NaN}      | 400 | MALFORMED_JSON
                    {"limit":1e999}| 422 | INVALID_REQUEST
                    {"typo":1}     | 422 | INVALID_REQUEST
                    {"limit":251}  | 422 | INVALID_REQUEST
                    {"filter":"("} | 422 | FILTER_INVALID
                    []             | 422 | INVALID_REQUEST
                    """)
    void search_wrongBody_isAProblem(String body, int status, String code) throws Exception {
        assertProblem(search(body), status, code);
        assertThat(INDEX.received()).isEmpty();
        assertThat(EMBEDDER.received()).isEmpty();
    }

    @Test
    void search_tenKilobyteQuery_is422() throws Exception {
        HttpResponse<String> response = search("{\"q\":\"" + "x".repeat(10_240) + "\"}");
        assertProblem(response, 422, "INVALID_REQUEST");
        assertThat(json(response).get("errors").get(0).get("pointer").stringValue())
                .isEqualTo("/q");
    }

    @Test
    void search_deepJson_is400() throws Exception {
        assertProblem(
                search("{\"filter\":" + "[".repeat(5000) + "]".repeat(5000) + "}"),
                400,
                "MALFORMED_JSON");
    }

    @Test
    void search_wrongMediaType_is415() throws Exception {
        HttpResponse<String> response =
                HTTP.send(
                        HttpRequest.newBuilder(address.resolve("/v1/catalogs/shop/search"))
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertProblem(response, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void actuator_healthAndMetrics_answer() throws Exception {
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(search("{}").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/prometheus").body())
                .contains("retrieval_search_seconds_count", "vitrine_dependency_open");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(json(response).get("code").stringValue()).isEqualTo(code);
    }

    private static HttpResponse<String> search(String body)
            throws IOException, InterruptedException {
        return post("shop", body);
    }

    private static HttpResponse<String> post(String catalog, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(address.resolve("/v1/catalogs/" + catalog + "/search"))
                        .header("Content-Type", "application/json")
                        .header("Vitrine-Tenant", TENANT)
                        .header("Vitrine-Deadline-Millis", "1500")
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(address.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return WireJson.mapper().readTree(response.body());
    }

    private static void publish(String catalog)
            throws InterruptedException, ExecutionException, TimeoutException {
        CatalogChanged changed =
                new CatalogChanged(
                        TENANT,
                        catalog,
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
        Deadline deadline = Deadline.in(Duration.ofSeconds(30), Clock.systemUTC());
        assertThat(
                        service.getBean(CatalogDirectory.class)
                                .await(
                                        new RequestContext(TENANT, deadline).catalog(catalog),
                                        1,
                                        deadline))
                .isPresent();
    }
}
