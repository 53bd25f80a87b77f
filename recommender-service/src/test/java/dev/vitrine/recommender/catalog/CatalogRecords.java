package dev.vitrine.recommender.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.servicekit.WireJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Feeds a state with records as they stand in the topics. */
public final class CatalogRecords {

    public static final CatalogRef SHOP = new CatalogRef("default", "shop");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CatalogState state;
    private final List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();

    public CatalogRecords(int productsMax) {
        this.state = new CatalogState(new CatalogProperties(productsMax), meters);
    }

    public CatalogRecords product(
            String id, long version, Map<String, Object> document, String text) {
        ProductChanged product =
                new ProductChanged(
                        "default", "shop", id, version, 1, document, text, hash(text), "t");
        return add(Topics.PRODUCTS, id, WireJson.write(product), Map.of());
    }

    /** A vector that was made for the first version of the product. */
    public CatalogRecords vector(String id, String model, String text, float... vector) {
        return vector(id, 1, model, text, vector);
    }

    public CatalogRecords vector(
            String id, long version, String model, String text, float... vector) {
        return add(
                Topics.EMBEDDINGS,
                id,
                VectorBytes.encode(vector),
                Map.of(
                        EventHeaders.MODEL,
                        model,
                        EventHeaders.TEXT_HASH,
                        hash(text),
                        EventHeaders.PRODUCT_VERSION,
                        Long.toString(version)));
    }

    /** Products p0, p1, ... with vectors in random directions, always the same. */
    public CatalogRecords many(int products, int dimensions) {
        Random random = new Random(7);
        for (int i = 0; i < products; i++) {
            float[] vector = new float[dimensions];
            for (int d = 0; d < dimensions; d++) {
                vector[d] = (float) random.nextGaussian();
            }
            String text = "text " + i;
            product("p" + i, 1, Map.of("title", text), text).vector("p" + i, "m", text, vector);
        }
        return this;
    }

    public CatalogRecords productGone(String id, long version) {
        return add(
                Topics.PRODUCTS,
                id,
                null,
                Map.of(EventHeaders.PRODUCT_VERSION, Long.toString(version)));
    }

    public CatalogRecords vectorGone(String id) {
        return add(Topics.EMBEDDINGS, id, null, Map.of());
    }

    public CatalogRecords broken(String topic, String id) {
        return add(topic, id, "{broken".getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Applies everything since the last call. */
    public CatalogState apply() {
        state.apply(batch);
        batch.clear();
        return state;
    }

    /** Does the background work on vectors that is due. */
    public boolean tend() {
        return state.tend();
    }

    public CatalogView view() {
        return apply().view(SHOP).orElseThrow();
    }

    public double unusable() {
        return meters.get("recommender.catalog.unusable").counter().count();
    }

    private static String hash(String text) {
        return Integer.toHexString(text.hashCode());
    }

    @SuppressWarnings("NullAway") // Kafka allows null values, its types do not say so
    private CatalogRecords add(
            String topic, String id, byte @Nullable [] value, Map<String, String> headers) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(topic, 0, batch.size(), new ProductKey(SHOP, id).key(), value);
        headers.forEach(
                (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        batch.add(record);
        return this;
    }
}
