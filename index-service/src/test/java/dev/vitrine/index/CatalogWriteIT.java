package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.WireJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** REST to PostgreSQL to topic, with nothing in between replaced. */
class CatalogWriteIT {

    static final String SCHEMA =
            """
            {"fields":[
              {"name":"title","type":"text","weight":3.0,"role":"title"},
              {"name":"brand","type":"keyword","weight":1.0,"filterable":true,"facet":true},
              {"name":"price","type":"number","filterable":true,"sortable":true,"role":"price"},
              {"name":"in_stock","type":"boolean","filterable":true},
              {"name":"released","type":"date","sortable":true},
              {"name":"ean","type":"keyword","filterable":true,"role":"identifier"}],
             "semanticText":"{brand} {title}"}
            """;

    private static TestDatabase database;
    private static WriterApp app;

    @BeforeAll
    static void start() {
        database = TestPlatform.freshDatabase(CatalogWriteIT.class);
        app = WriterApp.start(database);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void catalog_lifeCycle_fromCreationToDeletionOnTheTopic() {
        HttpResponse<String> created = app.put("/v1/catalogs/w-life", SCHEMA);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(WriterApp.json(created.body()).get("schemaVersion").asLong()).isEqualTo(1);
        assertThat(app.put("/v1/catalogs/w-life", SCHEMA).statusCode()).isEqualTo(200);
        assertThat(app.put("/v1/catalogs/w-life/products/1", "{\"title\":\"a\"}").statusCode())
                .isEqualTo(201);

        String changed = SCHEMA.replace("{brand} {title}", "{title}");
        HttpResponse<String> second = app.put("/v1/catalogs/w-life", changed);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(WriterApp.json(second.body()).get("schemaVersion").asLong()).isEqualTo(2);
        // The product follows its new schema: same document, next version.
        WriterApp.records(
                Topics.PRODUCTS,
                "default/w-life/",
                records ->
                        records.stream()
                                .map(record -> product(record))
                                .anyMatch(p -> p.schemaVersion() == 2 && p.version() == 2));
        assertThat(app.get("/v1/catalogs").body()).contains("\"w-life\"");

        assertThat(app.delete("/v1/catalogs/w-life").statusCode()).isEqualTo(202);
        assertProblem(app.get("/v1/catalogs/w-life"), 404, "CATALOG_NOT_FOUND");
        assertProblem(app.delete("/v1/catalogs/w-life"), 404, "CATALOG_NOT_FOUND");
        List<ConsumerRecord<String, byte[]>> products =
                WriterApp.records(
                        Topics.PRODUCTS,
                        "default/w-life/",
                        records -> records.stream().anyMatch(r -> r.value() == null));
        assertThat(EventPublisher.header(products.getLast(), EventHeaders.PRODUCT_VERSION))
                .isEqualTo("3");
        List<CatalogChanged> schemas =
                WriterApp.records(
                                Topics.SCHEMAS,
                                "default/w-life",
                                records -> records.stream().anyMatch(r -> catalog(r).deleted()))
                        .stream()
                        .map(CatalogWriteIT::catalog)
                        .toList();
        assertThat(schemas.getLast().schemaVersion()).isEqualTo(3);

        // The name is free again, and versions go on from where they were.
        WriterApp.await(
                "the name is free",
                pause -> app.put("/v1/catalogs/w-life", SCHEMA).statusCode() == 201);
        HttpResponse<String> again = app.put("/v1/catalogs/w-life/products/1", "{\"title\":\"a\"}");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("ETag")).hasValue("\"4\"");
    }

    @Test
    void product_putPatchGetDelete_reachesTheTopicInOrder() {
        app.put("/v1/catalogs/w-product", SCHEMA);
        String path = "/v1/catalogs/w-product/products/a%2Fb%20c";

        HttpResponse<String> created =
                app.put(
                        path,
                        """
                        {"title":"Lamp","brand":"Ikea","price":"$1,299.00","in_stock":"yes",
                         "released":"2020-01-02 03:04:05","ean":123,"extra":{"deep":[1,2.5,null]}}
                        """);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.body())
                .isEqualTo("{\"id\":\"a/b c\",\"version\":1,\"status\":\"created\"}");

        HttpResponse<String> got = app.get(path);
        assertThat(got.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(got.body())
                .isEqualTo(
                        "{\"id\":\"a/b c\",\"title\":\"Lamp\",\"brand\":\"Ikea\",\"price\":1299.0,"
                                + "\"in_stock\":true,\"released\":\"2020-01-02T03:04:05\","
                                + "\"ean\":\"123\",\"extra\":{\"deep\":[1,2.5,null]}}");
        // What GET gave may be sent back; nothing changes.
        HttpResponse<String> same = app.put(path, got.body());
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(same.body()).contains("\"version\":1", "\"unchanged\"");

        HttpResponse<String> patched =
                app.patch(path, "{\"price\":5,\"brand\":null,\"extra\":{\"more\":true}}");
        assertThat(patched.body()).contains("\"version\":2", "\"updated\"");
        assertThat(app.get(path).body())
                .contains("\"price\":5", "\"extra\":{\"deep\":[1,2.5,null],\"more\":true}")
                .doesNotContain("brand");

        HttpResponse<String> deleted = app.delete(path);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.headers().firstValue("ETag")).hasValue("\"3\"");
        assertProblem(app.get(path), 404, "PRODUCT_NOT_FOUND");
        assertProblem(app.delete(path), 404, "PRODUCT_NOT_FOUND");
        assertProblem(app.patch(path, "{\"price\":1}"), 404, "PRODUCT_NOT_FOUND");

        List<ConsumerRecord<String, byte[]>> records =
                WriterApp.records(
                        Topics.PRODUCTS,
                        "default/w-product/a/b c",
                        seen -> seen.stream().anyMatch(r -> r.value() == null));
        ConsumerRecord<String, byte[]> tombstone = records.getLast();
        assertThat(EventPublisher.header(tombstone, EventHeaders.PRODUCT_VERSION)).isEqualTo("3");
        assertThat(EventPublisher.header(tombstone, EventHeaders.TYPE))
                .isEqualTo(EventHeaders.TYPE_PRODUCT_DELETED);
        List<Long> versions = versions(records);
        assertThat(versions).isSorted().endsWith(3L);
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.value() != null) {
                ProductChanged product = product(record);
                assertThat(record.partition()).isEqualTo(ProductPartitions.of(product.key()));
                assertThat(product.semanticText())
                        .isEqualTo(product.version() == 1 ? "Ikea Lamp" : "Lamp");
                assertThat(product.semanticHash()).matches("[0-9a-f]{32}");
            }
        }
    }

    @Test
    void hashes_priceChange_leavesTextHashesAlone() {
        app.put("/v1/catalogs/w-hash", SCHEMA);
        app.put("/v1/catalogs/w-hash/products/1", "{\"title\":\"a\",\"price\":1}");
        ProductChanged first = await("w-hash", 1);
        app.patch("/v1/catalogs/w-hash/products/1", "{\"price\":2}");
        ProductChanged second = await("w-hash", 2);
        assertThat(second.textHash()).isEqualTo(first.textHash());
        assertThat(second.semanticHash()).isEqualTo(first.semanticHash());
        app.patch("/v1/catalogs/w-hash/products/1", "{\"ean\":\"4006381333931\"}");
        ProductChanged third = await("w-hash", 3);
        assertThat(third.textHash()).isNotEqualTo(first.textHash());
        assertThat(third.semanticHash()).isEqualTo(first.semanticHash());
    }

    @Test
    void preconditions_ifMatch_decide() {
        app.put("/v1/catalogs/w-match", SCHEMA);
        String path = "/v1/catalogs/w-match/products/1";
        assertProblem(conditional(path, "If-Match", "*"), 412, "PRECONDITION_FAILED");
        assertThat(conditional(path, "If-None-Match", "*").statusCode()).isEqualTo(201);
        assertProblem(conditional(path, "If-None-Match", "*"), 412, "PRECONDITION_FAILED");
        assertThat(conditional(path, "If-Match", "\"1\"").statusCode()).isEqualTo(200);
        assertProblem(conditional(path, "If-Match", "\"7\""), 412, "PRECONDITION_FAILED");
        assertProblem(conditional(path, "If-Match", "W/\"1\""), 400, "INVALID_PARAMETER");
    }

    @Test
    void concurrentWriters_ofOneKey_versionsWithoutGapsAndTopicInOrder() throws Exception {
        app.put("/v1/catalogs/w-race", SCHEMA);
        int writers = 8;
        int each = 25;
        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                work.add(() -> {
                    List<Long> versions = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        HttpResponse<String> answer =
                                app.put(
                                        "/v1/catalogs/w-race/products/hot",
                                        "{\"price\":" + (writer * 1000 + i) + "}");
                        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
                        versions.add(WriterApp.json(answer.body()).get("version").asLong());
                    }
                    return versions;
                });
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> done : pool.invokeAll(work)) {
                List<Long> versions = done.get();
                assertThat(versions).isSorted();
                all.addAll(versions);
            }
            // Every write changed the price, so each got the next version and none was lost.
            assertThat(all)
                    .hasSize(writers * each)
                    .doesNotHaveDuplicates()
                    .contains(1L, (long) writers * each);
        }
        List<ConsumerRecord<String, byte[]>> records =
                WriterApp.records(
                        Topics.PRODUCTS,
                        "default/w-race/",
                        seen -> versions(seen).contains((long) writers * each));
        // A version may come twice: a mark that a writer holds just then is left for the next
        // round.
        assertThat(versions(records)).isSorted();
    }

    @Test
    void info_tellsTheVectorStore() {
        String info = app.get("/actuator/info").body();
        if (TestPlatform.pgvectorAvailable()) {
            assertThat(info).contains("\"vectorStore\":\"pgvector ");
        } else {
            assertThat(info).contains("\"vectorStore\":\"plain-array (");
        }
        assertThat(app.get("/actuator/prometheus").body())
                .contains("index_outbox_pending", "index_outbox_oldest_age_seconds");
    }

    @Test
    void otherTenant_doesNotSeeTheCatalog() {
        app.put("/v1/catalogs/w-tenant", SCHEMA);
        HttpResponse<String> other =
                app.send(app.request("/v1/catalogs/w-tenant").header("Vitrine-Tenant", "acme"));
        assertProblem(other, 404, "CATALOG_NOT_FOUND");
    }

    static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = WriterApp.json(response.body());
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("traceId").asString()).isNotBlank();
    }

    static List<Long> versions(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .map(record ->
                        Long.valueOf(
                                String.valueOf(
                                        EventPublisher.header(
                                                record, EventHeaders.PRODUCT_VERSION))))
                .toList();
    }

    static ProductChanged product(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return new ProductChanged("default", "none", "none", 0, 0, Map.of(), "", "", "");
        }
        return WireJson.read(value, ProductChanged.class);
    }

    static CatalogChanged catalog(ConsumerRecord<String, byte[]> record) {
        return WireJson.read(record.value(), CatalogChanged.class);
    }

    private static ProductChanged await(String catalog, long version) {
        return WriterApp.records(
                        Topics.PRODUCTS,
                        "default/" + catalog + "/",
                        seen -> seen.stream().anyMatch(r -> product(r).version() == version))
                .stream()
                .map(CatalogWriteIT::product)
                .filter(p -> p.version() == version)
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> conditional(String path, String header, String value) {
        return app.send(
                app.request(path)
                        .header("Content-Type", "application/json")
                        .header(header, value)
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"title\":\"a\"}")));
    }
}
