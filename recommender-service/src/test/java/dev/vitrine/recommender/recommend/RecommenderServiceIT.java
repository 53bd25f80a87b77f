package dev.vitrine.recommender.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.recommender.RecommenderApplication;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.TopicProvisioner;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service over HTTP with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecommenderServiceIT {

    private static final String BOOTSTRAP = TestPlatform.kafkaBootstrapServers();
    private static final CatalogRef SHOP = new CatalogRef("default", "shop");
    private static final String SIMILAR = "/v1/catalogs/shop/products/a/similar";

    private static final CatalogSchema SCHEMA =
            WireJson.mapper()
                    .readValue(
                            """
                            {"fields":[
                             {"name":"title","type":"text","weight":3,"role":"title"},
                             {"name":"price","type":"number","filterable":true},
                             {"name":"stock","type":"number","role":"stock"}]}
                            """,
                            CatalogSchema.class);

    private final HttpClient http = HttpClient.newHttpClient();
    private EventPublisher publisher;
    private ConfigurableApplicationContext service;

    @BeforeAll
    void start() throws Exception {
        new TopicProvisioner(KafkaConnection.to(BOOTSTRAP), (short) 1).ensure(Topics.all());
        publisher =
                new EventPublisher(
                        "/vitrine/test",
                        KafkaConnection.to(BOOTSTRAP),
                        Duration.ofSeconds(30),
                        Clock.systemUTC());
        publish(
                Topics.SCHEMAS,
                0,
                SHOP.key(),
                WireJson.write(new CatalogChanged("default", "shop", 1, false, SCHEMA)),
                Map.of());
        product("a", "Desk lamp", 20, 1);
        vector("a", 1, 0);
        product("b/1", "Floor lamp", 50, 1);
        vector("b/1", 0.8f, 0.6f);
        product("c", "Table lamp", 30, 1);
        vector("c", 0.6f, 0.8f);
        product("sold", "Wall lamp", 30, 0);
        vector("sold", 1, 0);
        product("twin", "DESK LAMP!", 20, 1);
        vector("twin", 1, 0);
        product("fresh", "No vector yet", 1, 1);
        service =
                new SpringApplication(RecommenderApplication.class)
                        .run(
                                "--spring.config.name=recommender",
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=" + BOOTSTRAP);
        awaitAnswer("/actuator/health/readiness", "", answer -> answer.statusCode() == 200);
    }

    @AfterAll
    void stop() {
        service.close();
        publisher.close();
    }

    @Test
    void similar_defaults_nearestInStockWithoutItself() throws Exception {
        HttpResponse<String> answer = post(SIMILAR, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"items\":[{\"id\":\"b/1\",\"score\":0.800000011920929},"
                                + "{\"id\":\"c\",\"score\":0.6000000238418579}],"
                                + "\"method\":\"vector\","
                                + "\"reason\":\"Nearest texts among the products in stock.\"}");
    }

    @Test
    void similar_filterAndLimit_areKept() throws Exception {
        assertThat(post(SIMILAR, "{\"filter\":\"price < 40\"}").body())
                .contains("\"c\"")
                .doesNotContain("b/1");
        assertThat(post(SIMILAR, "{\"limit\":1}").body()).contains("b/1").doesNotContain("\"c\"");
        assertThat(post("/v1/catalogs/shop/products/b%2F1/similar", "{}").body()).contains("\"c\"");
    }

    @Test
    void similar_noVectorYet_isEmptyWithItsReason() throws Exception {
        assertThat(post("/v1/catalogs/shop/products/fresh/similar", "{}").body())
                .isEqualTo(
                        "{\"items\":[],\"method\":\"none\","
                                + "\"reason\":\"The product has no vector yet.\"}");
    }

    @Test
    void similar_unknownThings_areProblems() throws Exception {
        assertProblem(post("/v1/catalogs/shop/products/x/similar", ""), 404, "PRODUCT_NOT_FOUND");
        assertProblem(post("/v1/catalogs/no/products/a/similar", ""), 404, "CATALOG_NOT_FOUND");
        assertProblem(post(SIMILAR, "{\"limit\":0}"), 422, "INVALID_REQUEST");
        assertProblem(post(SIMILAR, "{\"limit\":101}"), 422, "INVALID_REQUEST");
        assertProblem(post(SIMILAR, "{\"filter\":\"colour = 1\"}"), 422, "FILTER_INVALID");
        assertProblem(post(SIMILAR, "{\"filter\":\"price >\"}"), 422, "FILTER_INVALID");
        assertProblem(post(SIMILAR, "{\"limit\":"), 400, "MALFORMED_JSON");
    }

    @Test
    void similar_changesWhileRunning_areFollowed() throws Exception {
        product("late", "Garden lamp", 5, 1);
        vector("late", 0.9f, 0.1f);
        awaitAnswer(SIMILAR, "{}", answer -> answer.body().contains("late"));
        publish(Topics.PRODUCTS, key("late"), null, Map.of(EventHeaders.PRODUCT_VERSION, "2"));
        publish(Topics.EMBEDDINGS, key("late"), null, Map.of());
        awaitAnswer(SIMILAR, "{}", answer -> !answer.body().contains("late"));

        assertThat(post("/v1/catalogs/shop/products/late/similar", "").statusCode()).isEqualTo(404);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    private void product(String id, String title, double price, int stock) {
        ProductChanged product =
                new ProductChanged(
                        "default",
                        "shop",
                        id,
                        1,
                        1,
                        Map.of("title", title, "price", price, "stock", stock),
                        title,
                        "hash of " + id,
                        "t");
        publish(Topics.PRODUCTS, key(id), WireJson.write(product), Map.of());
    }

    private void vector(String id, float... vector) {
        publish(
                Topics.EMBEDDINGS,
                key(id),
                VectorBytes.encode(vector),
                Map.of(
                        EventHeaders.MODEL,
                        "m",
                        EventHeaders.TEXT_HASH,
                        "hash of " + id,
                        EventHeaders.PRODUCT_VERSION,
                        "1"));
    }

    private static ProductKey key(String id) {
        return new ProductKey(SHOP, id);
    }

    private void publish(
            String topic, ProductKey key, byte @Nullable [] value, Map<String, String> headers) {
        publish(topic, ProductPartitions.of(key), key.key(), value, headers);
    }

    private void publish(
            String topic,
            int partition,
            String key,
            byte @Nullable [] value,
            Map<String, String> headers) {
        publisher.publish(topic, partition, key, "test", EventHeaders.JSON, value, headers).join();
    }

    private void awaitAnswer(String path, String body, Predicate<HttpResponse<String>> wanted)
            throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        HttpResponse<String> answer = exchange(path, body);
        while (!wanted.test(answer)) {
            assertThat(System.nanoTime()).as("last answer: %s", answer.body()).isLessThan(end);
            answer = exchange(path, body);
        }
    }

    private HttpResponse<String> exchange(String path, String body)
            throws IOException, InterruptedException {
        return body.isEmpty()
                ? http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString())
                : post(path, body);
    }

    private HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        String port = service.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }
}
