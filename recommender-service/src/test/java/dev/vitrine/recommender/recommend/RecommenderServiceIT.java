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
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.WireJson;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole service over HTTP with a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecommenderServiceIT {

    private static final CatalogRef SHOP = new CatalogRef("default", "shop");
    private static final String SIMILAR = "/v1/catalogs/shop/products/a/similar";
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

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

    private EventPublisher publisher;
    private RunningRecommender service;

    @BeforeAll
    void start() throws Exception {
        publisher = RunningRecommender.publisher();
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
        service = new RunningRecommender();
    }

    @AfterAll
    void stop() {
        service.close();
        publisher.close();
    }

    @Test
    void similar_defaults_nearestInStockWithoutItself() throws Exception {
        HttpResponse<String> answer = service.post(SIMILAR, "");

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
        assertThat(service.post(SIMILAR, "{\"filter\":\"price < 40\"}").body())
                .contains("\"c\"")
                .doesNotContain("b/1");
        assertThat(service.post(SIMILAR, "{\"limit\":1}").body())
                .contains("b/1")
                .doesNotContain("\"c\"");
        assertThat(service.post("/v1/catalogs/shop/products/b%2F1/similar", "{}").body())
                .contains("\"c\"");
    }

    @Test
    void similar_noVectorYet_isEmptyWithItsReason() throws Exception {
        assertThat(service.post("/v1/catalogs/shop/products/fresh/similar", "{}").body())
                .isEqualTo(
                        "{\"items\":[],\"method\":\"none\","
                                + "\"reason\":\"The product has no vector yet.\"}");
    }

    @Test
    void similar_unknownThings_areProblems() throws Exception {
        assertProblem(
                service.post("/v1/catalogs/shop/products/x/similar", ""), 404, "PRODUCT_NOT_FOUND");
        assertProblem(
                service.post("/v1/catalogs/no/products/a/similar", ""), 404, "CATALOG_NOT_FOUND");
        assertProblem(service.post(SIMILAR, "{\"limit\":0}"), 422, "INVALID_REQUEST");
        assertProblem(service.post(SIMILAR, "{\"limit\":101}"), 422, "INVALID_REQUEST");
        assertProblem(service.post(SIMILAR, "{\"filter\":\"colour = 1\"}"), 422, "FILTER_INVALID");
        assertProblem(service.post(SIMILAR, "{\"filter\":\"price >\"}"), 422, "FILTER_INVALID");
        assertProblem(service.post(SIMILAR, "{\"limit\":"), 400, "MALFORMED_JSON");
    }

    @Test
    void similar_changesWhileRunning_areFollowed() throws Exception {
        product("late", "Garden lamp", 5, 1);
        vector("late", 0.9f, 0.1f);
        awaitAnswer(SIMILAR, "{}", answer -> answer.body().contains("late"));
        publish(Topics.PRODUCTS, key("late"), null, Map.of(EventHeaders.PRODUCT_VERSION, "2"));
        publish(Topics.EMBEDDINGS, key("late"), null, Map.of());
        awaitAnswer(SIMILAR, "{}", answer -> !answer.body().contains("late"));

        assertThat(service.post("/v1/catalogs/shop/products/late/similar", "").statusCode())
                .isEqualTo(404);
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
        HttpResponse<String> answer = service.post(path, body);
        while (!wanted.test(answer)) {
            assertThat(System.nanoTime()).as("last answer: %s", answer.body()).isLessThan(end);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            answer = service.post(path, body);
        }
    }
}
