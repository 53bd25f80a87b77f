package dev.vitrine.embedding.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.contracts.embedding.ProductEmbedded;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.embedding.encode.EncodeException;
import dev.vitrine.embedding.encode.EncodeLanes;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.WireJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Gives the products of a batch of records their vectors: decides what each needs, encodes all new
 * texts in parallel, publishes, and returns when everything is acknowledged. For one thread.
 */
final class ProductEmbedder {

    /*
     * Records are states, so of several records of one key in a batch only the last counts. Thereby
     * every key occurs once, the batch can be encoded in any order on any number of threads, and
     * order per key holds because batches follow each other. A product that went and came again
     * within a batch is embedded again whatever the table says: those who read the deletion have
     * dropped its vector.
     *
     * What is sent is uncertain in the table until it is acknowledged. A batch that failed is handed
     * in again, with records that came meanwhile: what had been published by then is published a
     * second time, with the same bits, or removed if its product is gone.
     */

    /** What a record asks for; null product means that it was deleted. */
    private record State(ConsumerRecord<String, byte[]> record, @Nullable ProductChanged product) {

        boolean withoutText() {
            return product == null || product.semanticText().isBlank();
        }
    }

    /** A vector on its way. */
    private record Running(
            State state, ProductChanged product, CompletableFuture<float[]> vector) {}

    private final EncodeLanes lanes;
    private final EmbeddingTopic topic;
    private final EmbeddedTexts known;
    private final Cache<String, float[]> vectorsByHash;
    private final Counter embedded;
    private final Counter reused;
    private final Counter skipped;
    private final Counter removed;
    private final Counter failed;

    ProductEmbedder(
            EncodeLanes lanes,
            EmbeddingTopic topic,
            EmbeddedTexts known,
            long contentCacheBytes,
            MeterRegistry meters) {
        this.lanes = lanes;
        this.topic = topic;
        this.known = known;
        int entryBytes = 200 + Float.BYTES * lanes.encoder().dimensions();
        this.vectorsByHash =
                Caffeine.newBuilder().maximumSize(contentCacheBytes / entryBytes).build();
        this.embedded = counter("embedded", meters);
        this.reused = counter("reused", meters);
        this.skipped = counter("skipped", meters);
        this.removed = counter("removed", meters);
        this.failed = counter("failed", meters);
    }

    /**
     * Handles records that are in order for each partition.
     *
     * @throws java.util.concurrent.CompletionException when something was not acknowledged; the
     *     batch must be handed in again
     */
    void handle(Iterable<ConsumerRecord<String, byte[]>> batch) throws InterruptedException {
        Map<String, State> latest = new LinkedHashMap<>();
        Set<String> cameAgain = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            State state = read(record);
            State before = state == null ? null : latest.put(record.key(), state);
            if (before != null) {
                skipped.increment();
                if (before.withoutText()) {
                    cameAgain.add(record.key());
                }
            }
        }

        List<Runnable> onAcknowledged = new ArrayList<>();
        List<CompletableFuture<?>> publications = new ArrayList<>();
        for (Running running :
                startEncoding(latest.values(), cameAgain, publications, onAcknowledged)) {
            publish(running, publications, onAcknowledged);
        }
        CompletableFuture.allOf(publications.toArray(CompletableFuture<?>[]::new)).join();
        onAcknowledged.forEach(Runnable::run);
    }

    /** Null when the record cannot be used and has been set aside. */
    private @Nullable State read(ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        try {
            if (key == null) {
                return setAside(record, "the record has no key");
            }
            ProductKey parsed = ProductKey.parse(key);
            if (record.value() == null) {
                return new State(record, null);
            }
            ProductChanged product = WireJson.read(record.value(), ProductChanged.class);
            // Jackson fills in null where a field is missing.
            if (isNull(product.semanticText()) || isNull(product.semanticHash())) {
                return setAside(record, "semanticText or semanticHash is missing");
            }
            if (isNull(product.id()) || !product.key().equals(parsed)) {
                return setAside(record, "the key is not that of the product");
            }
            return new State(record, product);
        } catch (JacksonException e) {
            return setAside(record, "not a ProductChanged: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return setAside(record, String.valueOf(e.getMessage()));
        }
    }

    private List<Running> startEncoding(
            Iterable<State> states,
            Set<String> cameAgain,
            List<CompletableFuture<?>> publications,
            List<Runnable> onAcknowledged)
            throws InterruptedException {
        String model = lanes.encoder().model();
        List<Running> running = new ArrayList<>();
        Map<String, CompletableFuture<float[]>> byHash = new HashMap<>();
        for (State state : states) {
            ConsumerRecord<String, byte[]> record = state.record();
            EmbeddedText before = known.find(record.partition(), record.key());
            ProductChanged product = state.product();
            if (product == null || state.withoutText()) {
                if (before == null) {
                    skipped.increment();
                } else {
                    remove(state, publications, onAcknowledged);
                }
                continue;
            }
            String hash = product.semanticHash();
            if (new EmbeddedText(model, hash).equals(before) && !cameAgain.contains(record.key())) {
                skipped.increment();
                continue;
            }
            CompletableFuture<float[]> vector = byHash.get(hash);
            if (vector == null) {
                float[] remembered = vectorsByHash.getIfPresent(hash);
                if (remembered == null) {
                    vector = lanes.put(product.semanticText(), EmbeddingPurpose.PRODUCT);
                    embedded.increment();
                } else {
                    vector = CompletableFuture.completedFuture(remembered);
                    reused.increment();
                }
                byHash.put(hash, vector);
            } else {
                reused.increment();
            }
            running.add(new Running(state, product, vector));
        }
        return running;
    }

    private void publish(
            Running running, List<CompletableFuture<?>> publications, List<Runnable> onAcknowledged)
            throws InterruptedException {
        ConsumerRecord<String, byte[]> record = running.state().record();
        ProductChanged product = running.product();
        String model = lanes.encoder().model();
        String hash = product.semanticHash();
        float[] vector;
        try {
            vector = running.vector().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EncodeException unusable) {
                setAside(record, String.valueOf(unusable.getMessage()));
                return;
            }
            throw new IllegalStateException("encoding failed", e.getCause());
        }
        vectorsByHash.put(hash, vector);
        known.put(record.partition(), record.key(), EmbeddedText.UNCERTAIN);
        publications.add(
                topic.publish(
                        record.partition(),
                        new ProductEmbedded(
                                product.key(), product.version(), model, hash, vector)));
        onAcknowledged.add(
                () -> known.put(record.partition(), record.key(), new EmbeddedText(model, hash)));
    }

    private void remove(
            State state, List<CompletableFuture<?>> publications, List<Runnable> onAcknowledged) {
        ConsumerRecord<String, byte[]> record = state.record();
        ProductChanged product = state.product();
        String version =
                product == null
                        ? EventPublisher.header(record, EventHeaders.PRODUCT_VERSION)
                        : Long.toString(product.version());
        known.put(record.partition(), record.key(), EmbeddedText.UNCERTAIN);
        publications.add(topic.remove(record.partition(), record.key(), version));
        removed.increment();
        onAcknowledged.add(() -> known.remove(record.partition(), record.key()));
    }

    private @Nullable State setAside(ConsumerRecord<String, byte[]> record, String reason) {
        topic.setAside(record, reason);
        failed.increment();
        return null;
    }

    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    private static Counter counter(String outcome, MeterRegistry meters) {
        return Counter.builder("embedding.catalog.products")
                .description("Product records by what they needed")
                .tag("outcome", outcome)
                .register(meters);
    }
}
