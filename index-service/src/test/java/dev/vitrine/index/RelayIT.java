package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.index.store.EmbeddingStore;
import dev.vitrine.servicekit.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What must hold between commit and topic, over crashes and with several processes. */
class RelayIT {

    @Test
    void crashBetweenCommitAndSend_nextStartSendsThePresentState() {
        TestDatabase database = TestPlatform.freshDatabase(RelayIT.class);
        // A process that commits and never sends is one that dies at the worst moment, each time.
        try (WriterApp dies = WriterApp.start(database, "index.outbox.enabled=false")) {
            dies.put("/v1/catalogs/r-crash", CatalogWriteIT.SCHEMA);
            dies.put("/v1/catalogs/r-crash/products/1", "{\"title\":\"a\"}");
            dies.put("/v1/catalogs/r-crash/products/1", "{\"title\":\"b\"}");
            dies.put("/v1/catalogs/r-crash/products/2", "{\"title\":\"gone\"}");
            dies.delete("/v1/catalogs/r-crash/products/2");
            assertThat(pending(dies, "r-crash")).isEqualTo(2);
        }
        try (WriterApp next = WriterApp.start(database)) {
            WriterApp.await("all is sent", pause -> pending(next, "r-crash") == 0);
            List<ConsumerRecord<String, byte[]>> records =
                    WriterApp.records(
                            Topics.PRODUCTS, "default/r-crash/", seen -> seen.size() >= 2);
            assertThat(records).hasSize(2);
            assertThat(CatalogWriteIT.versions(records)).containsOnly(2L);
            assertThat(
                            WriterApp.records(
                                    Topics.SCHEMAS, "default/r-crash", seen -> !seen.isEmpty()))
                    .hasSize(1);
        }
    }

    @Test
    void twoProcesses_oneRelays_theOtherTakesOver_everyProductInOrder() {
        TestDatabase database = TestPlatform.freshDatabase(RelayIT.class);
        WriterApp first = WriterApp.start(database);
        try (WriterApp second = WriterApp.start(database)) {
            first.put("/v1/catalogs/r-two", CatalogWriteIT.SCHEMA);
            for (int round = 0; round < 20; round++) {
                WriterApp to = round % 2 == 0 ? first : second;
                String lines = lines(50, "{\"id\":\"%d\",\"price\":" + round + "}\n");
                assertThat(
                                to.importBytes(
                                                "r-two",
                                                "",
                                                "application/x-ndjson",
                                                lines.getBytes(StandardCharsets.UTF_8))
                                        .statusCode())
                        .isEqualTo(200);
                if (round == 10) {
                    // Whoever relayed so far, half of the work is left to the other one.
                    first.close();
                    first = second;
                }
            }
            WriterApp.await("all is sent", pause -> pending(second, "r-two") == 0);
        }
        List<ConsumerRecord<String, byte[]>> records =
                WriterApp.records(
                        Topics.PRODUCTS,
                        "default/r-two/",
                        seen ->
                                seen.stream()
                                                .filter(r ->
                                                        CatalogWriteIT.product(r).version() == 20)
                                                .count()
                                        >= 50);
        Map<String, List<ConsumerRecord<String, byte[]>>> byKey =
                records.stream().collect(Collectors.groupingBy(ConsumerRecord::key));
        assertThat(byKey).hasSize(50);
        byKey.forEach((key, history) -> {
            assertThat(CatalogWriteIT.versions(history)).as(key).isSorted();
            assertThat(CatalogWriteIT.versions(history).getLast()).isEqualTo(20);
        });
    }

    /** What earlier versions accepted: a name that nobody reads back. */
    @Test
    void productThatCannotBeRead_keepsNeitherOthersFromTheTopicNorOtherCataloguesFromTheirSweep() {
        TestDatabase database = TestPlatform.freshDatabase(RelayIT.class);
        try (WriterApp first = WriterApp.start(database, "index.outbox.enabled=false")) {
            first.put("/v1/catalogs/r-bad", CatalogWriteIT.SCHEMA);
            first.put("/v1/catalogs/r-good", CatalogWriteIT.SCHEMA);
            first.put("/v1/catalogs/r-bad/products/1", "{\"title\":\"a\"}");
            first.put("/v1/catalogs/r-good/products/1", "{\"title\":\"b\"}");
            assertThat(
                            first.bean(JdbcTemplate.class)
                                    .update(
                                            "UPDATE product SET document ="
                                                    + " json_build_object(repeat('n', 60000), 1)"
                                                    + " WHERE catalog = 'r-bad'"))
                    .isEqualTo(1);
        }
        try (WriterApp app = WriterApp.start(database, "index.catalog.sweep-interval=500ms")) {
            WriterApp.await("the other one is sent", pause -> pending(app, "r-good") == 0);
            assertThat(pending(app, "r-bad")).isEqualTo(1);

            String changed = CatalogWriteIT.SCHEMA.replace("{brand} {title}", "{title}");
            app.put("/v1/catalogs/r-bad", changed);
            app.put("/v1/catalogs/r-good", changed);
            WriterApp.records(
                    Topics.PRODUCTS,
                    "default/r-good/",
                    seen ->
                            seen.stream()
                                    .map(CatalogWriteIT::product)
                                    .anyMatch(product -> product.schemaVersion() == 2));
            // The next change publishes it again.
            app.put("/v1/catalogs/r-bad/products/1", "{\"title\":\"c\"}");
            WriterApp.await("it is sent, too", pause -> pending(app, "r-bad") == 0);
        }
    }

    @Test
    void embeddingsTopic_isKeptBesideTheProducts() {
        TestDatabase database = TestPlatform.freshDatabase(RelayIT.class);
        CatalogRef catalog = new CatalogRef("default", "r-vectors");
        try (WriterApp app = WriterApp.start(database)) {
            EventPublisher publisher = app.bean(EventPublisher.class);
            EmbeddingStore store = app.bean(EmbeddingStore.class);
            send(publisher, catalog, "1", 1, new float[] {1, 0});
            send(publisher, catalog, "2", 1, new float[] {0, 1});
            // Partitions are read in no order: what is to go must have been there.
            WriterApp.await("two vectors are kept", pause -> store.count(catalog) == 2);
            send(publisher, catalog, "1", 2, null);
            // Without a model header nobody can tell what it is: set aside, and the rest goes on.
            ProductKey broken = new ProductKey(catalog, "broken");
            publisher
                    .publish(
                            Topics.EMBEDDINGS,
                            ProductPartitions.of(broken),
                            broken.key(),
                            EventHeaders.TYPE_PRODUCT_EMBEDDED,
                            EventHeaders.FLOAT32,
                            VectorBytes.encode(new float[] {1, 0}),
                            Map.of(EventHeaders.PRODUCT_VERSION, "1"))
                    .join();
            send(publisher, catalog, "3", 1, new float[] {1, 0});
            WriterApp.await(
                    "the last is kept, the deleted one is not",
                    pause ->
                            store.find(new ProductKey(catalog, "3")).isPresent()
                                    && store.find(new ProductKey(catalog, "1")).isEmpty());
            assertThat(store.nearest(catalog, "m", new float[] {1, 0}, 5))
                    .extracting(EmbeddingStore.Neighbour::id)
                    .containsExactly("3", "2");
        }
    }

    private static void send(
            EventPublisher publisher,
            CatalogRef catalog,
            String id,
            long version,
            float @Nullable [] vector) {
        ProductKey key = new ProductKey(catalog, id);
        publisher
                .publish(
                        Topics.EMBEDDINGS,
                        ProductPartitions.of(key),
                        key.key(),
                        EventHeaders.TYPE_PRODUCT_EMBEDDED,
                        EventHeaders.FLOAT32,
                        vector == null ? null : VectorBytes.encode(vector),
                        Map.of(
                                EventHeaders.PRODUCT_VERSION,
                                Long.toString(version),
                                EventHeaders.MODEL,
                                "m",
                                EventHeaders.TEXT_HASH,
                                "h"))
                .join();
    }

    private static String lines(int count, String format) {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> lines.add(format.formatted(i)));
        return String.join("", lines);
    }

    private static int pending(WriterApp app, String catalog) {
        return WriterApp.json(app.get("/v1/catalogs/" + catalog).body())
                .get("outboxPending")
                .asInt();
    }
}
