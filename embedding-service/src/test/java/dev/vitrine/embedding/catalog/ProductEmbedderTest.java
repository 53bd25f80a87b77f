package dev.vitrine.embedding.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.embedding.ProductEmbedded;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.embedding.encode.EncodeLanes;
import dev.vitrine.embedding.encode.EncodeProperties;
import dev.vitrine.embedding.encode.HashEncoder;
import dev.vitrine.servicekit.WireJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProductEmbedderTest {

    private static final int PARTITION = 7;

    private final HashEncoder encoder = new HashEncoder("m1", 8);
    private final EncodeLanes lanes = new EncodeLanes(encoder, new EncodeProperties(2, 10, 10, 10));
    private final InMemoryEmbeddingTopic topic = new InMemoryEmbeddingTopic();
    private final EmbeddedTexts known = new EmbeddedTexts();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ProductEmbedder embedder =
            new ProductEmbedder(lanes, topic, known, 1 << 20, meters);

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void handle_newProduct_publishesItsVectorInItsPartition() throws Exception {
        handle(product("a", 3, "lamp", "h1"));

        ProductEmbedded event = topic.published.getFirst();
        assertThat(event.key().key()).isEqualTo("default/shop/a");
        assertThat(event.productVersion()).isEqualTo(3);
        assertThat(event.model()).isEqualTo("m1");
        assertThat(event.textHash()).isEqualTo("h1");
        assertThat(event.vector()).hasSize(8);
        assertThat(topic.partitions).containsExactly(PARTITION);
        assertThat(count("embedded")).isEqualTo(1);
    }

    @Test
    void handle_unchangedText_publishesNothing() throws Exception {
        handle(product("a", 1, "lamp", "h1"));
        handle(product("a", 2, "lamp", "h1"));

        assertThat(topic.published).hasSize(1);
        assertThat(encoder.calls()).isEqualTo(1);
        assertThat(count("skipped")).isEqualTo(1);
    }

    @Test
    void handle_vectorOfAnotherModel_isMadeAnew() throws Exception {
        known.put(PARTITION, "default/shop/a", new EmbeddedText("m0", "h1"));

        handle(product("a", 1, "lamp", "h1"));

        assertThat(topic.published).hasSize(1);
    }

    @Test
    void handle_sameTextUnderOtherIds_isEncodedOnce() throws Exception {
        handle(product("a", 1, "lamp", "h1"), product("b", 1, "lamp", "h1"));
        handle(product("c", 1, "lamp", "h1"));

        assertThat(topic.published).extracting(e -> e.key().id()).containsExactly("a", "b", "c");
        assertThat(encoder.calls()).isEqualTo(1);
        assertThat(count("reused")).isEqualTo(2);
    }

    @Test
    void handle_severalStatesOfOneKey_onlyTheLastCounts() throws Exception {
        handle(
                product("a", 1, "lamp", "h1"),
                product("a", 2, "desk lamp", "h2"),
                product("b", 1, "chair", "h3"),
                deleted("b", "2"));

        assertThat(topic.published).extracting(ProductEmbedded::textHash).containsExactly("h2");
        assertThat(topic.removed).isEmpty();
    }

    @Test
    void handle_deletedProduct_removesItsVectorOnce() throws Exception {
        handle(product("a", 1, "lamp", "h1"));
        handle(deleted("a", "2"));
        handle(deleted("a", "2"));
        handle(product("a", 3, "lamp", "h1"));

        assertThat(topic.removed).containsExactly("default/shop/a@2");
        assertThat(topic.published).hasSize(2);
    }

    /** Whoever reads the deletion drops the vector, so the same text needs it once more. */
    @Test
    void handle_deletedAndBackWithTheSameTextInOneBatch_publishesItsVectorAgain() throws Exception {
        handle(product("a", 1, "lamp", "h1"));
        handle(deleted("a", "2"), product("a", 3, "lamp", "h1"));

        assertThat(topic.published)
                .extracting(ProductEmbedded::productVersion)
                .containsExactly(1L, 3L);
        assertThat(topic.removed).isEmpty();
        assertThat(encoder.calls()).isEqualTo(1);
    }

    @Test
    void handle_textGone_removesTheVector() throws Exception {
        handle(product("a", 1, "lamp", "h1"));
        handle(product("a", 2, "  ", "h2"));
        handle(product("b", 1, "", "h2"));

        assertThat(topic.removed).containsExactly("default/shop/a@2");
        assertThat(topic.published).hasSize(1);
    }

    @Test
    void handle_unusableRecords_areSetAsideAndTheRestGoesOn() throws Exception {
        handle(
                record("default/shop/x", "not json".getBytes(StandardCharsets.UTF_8)),
                record("no key of a product", new byte[0]),
                record(null, new byte[0]),
                record("default/shop/other", product("y", 1, "t", "h").value()),
                record("default/shop/z", "{}".getBytes(StandardCharsets.UTF_8)),
                record("default/shop/n", "null".getBytes(StandardCharsets.UTF_8)),
                record("default/shop/m", WITHOUT_TENANT.getBytes(StandardCharsets.UTF_8)),
                product("u", 1, "unencodable", "h9"),
                product("a", 1, "lamp", "h1"));

        assertThat(topic.asideReasons).hasSize(8);
        assertThat(topic.asideReasons)
                .contains(
                        "the record has no key",
                        "not a ProductChanged: null",
                        "the key is not that of the product",
                        "this text cannot be encoded");
        assertThat(topic.published).extracting(e -> e.key().id()).containsExactly("a");
        assertThat(count("failed")).isEqualTo(8);
    }

    private static final String WITHOUT_TENANT =
            """
            {"catalog":"shop","id":"m","version":1,"schemaVersion":1,"document":{},
             "semanticText":"lamp","semanticHash":"h","textHash":"t"}
            """;

    @Test
    void handle_unusableAfterUsable_keepsTheUsable() throws Exception {
        handle(
                product("a", 1, "lamp", "h1"),
                record("default/shop/a", "broken".getBytes(StandardCharsets.UTF_8)));

        assertThat(topic.published).hasSize(1);
    }

    @Test
    void handle_notAcknowledged_isEmbeddedWhenHandedInAgain() throws Exception {
        topic.down = true;
        assertThatThrownBy(() -> handle(product("a", 1, "lamp", "h1")))
                .isInstanceOf(CompletionException.class);
        topic.down = false;
        handle(product("a", 1, "lamp", "h1"));

        assertThat(topic.published).hasSize(1);
    }

    /** The batch that is handed in again holds what came meanwhile. */
    @Test
    void handle_publishedWithoutAcknowledgementThenDeleted_removesTheVector() throws Exception {
        topic.silent = true;
        assertThatThrownBy(() -> handle(product("a", 1, "lamp", "h1")))
                .isInstanceOf(CompletionException.class);
        topic.silent = false;
        handle(product("a", 1, "lamp", "h1"), deleted("a", "2"));

        assertThat(topic.removed).containsExactly("default/shop/a@2");
    }

    @Test
    void handle_newTextWithoutAcknowledgementThenTheOldOne_publishesThatAgain() throws Exception {
        handle(product("a", 1, "lamp", "h1"));
        topic.silent = true;
        assertThatThrownBy(() -> handle(product("a", 2, "lamps", "h2")))
                .isInstanceOf(CompletionException.class);
        topic.silent = false;
        handle(product("a", 2, "lamps", "h2"), product("a", 3, "lamp", "h1"));

        assertThat(topic.published)
                .extracting(ProductEmbedded::productVersion)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void handle_removedWithoutAcknowledgementThenBack_publishesItsVectorAgain() throws Exception {
        handle(product("a", 1, "lamp", "h1"));
        topic.silent = true;
        assertThatThrownBy(() -> handle(deleted("a", "2"))).isInstanceOf(CompletionException.class);
        topic.silent = false;
        handle(deleted("a", "2"), product("a", 3, "lamp", "h1"));

        assertThat(topic.published)
                .extracting(ProductEmbedded::productVersion)
                .containsExactly(1L, 3L);
    }

    private double count(String outcome) {
        return meters.get("embedding.catalog.products").tag("outcome", outcome).counter().count();
    }

    @SafeVarargs
    private void handle(ConsumerRecord<String, byte[]>... records) throws InterruptedException {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            batch.add(record);
        }
        embedder.handle(batch);
    }

    private static ConsumerRecord<String, byte[]> product(
            String id, long version, String text, String hash) {
        ProductChanged product =
                new ProductChanged(
                        "default", "shop", id, version, 1, Map.of("title", text), text, hash, "t");
        return record(product.key().key(), WireJson.write(product));
    }

    private static ConsumerRecord<String, byte[]> deleted(String id, String version) {
        ConsumerRecord<String, byte[]> record = record("default/shop/" + id, null);
        record.headers()
                .add(EventHeaders.PRODUCT_VERSION, version.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    @SuppressWarnings("NullAway") // Kafka allows null keys and values, its types do not say so
    private static ConsumerRecord<String, byte[]> record(
            @Nullable String key, byte @Nullable [] value) {
        return new ConsumerRecord<>("products", PARTITION, 0, key, value);
    }
}
