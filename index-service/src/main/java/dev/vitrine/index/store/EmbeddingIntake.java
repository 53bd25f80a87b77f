package dev.vitrine.index.store;

import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.embedding.ProductEmbedded;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the vectors that come by topic. One transaction a batch; the offsets are committed after
 * it, so a crash in between brings the batch again, which changes nothing. A record that cannot be
 * read is set aside as a dead letter.
 */
final class EmbeddingIntake implements BatchMessageListener<String, byte[]> {

    private final EmbeddingStore store;
    private final DeadLetters deadLetters;
    private final TransactionTemplate transactions;

    EmbeddingIntake(
            EmbeddingStore store, DeadLetters deadLetters, TransactionTemplate transactions) {
        this.store = store;
        this.deadLetters = deadLetters;
        this.transactions = transactions;
    }

    /** What a record says: a vector, or that there is none any more. */
    private sealed interface Change {
        record Vector(ProductEmbedded embedded) implements Change {}

        record Gone(EmbeddingStore.Deletion deletion) implements Change {}
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        // Records of a key are in order, so the last one says how things are.
        Map<String, Change> last = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            read(record).ifPresent(change -> last.put(record.key(), change));
        }
        List<ProductEmbedded> vectors =
                last.values().stream()
                        .filter(Change.Vector.class::isInstance)
                        .map(change -> ((Change.Vector) change).embedded())
                        .toList();
        List<EmbeddingStore.Deletion> gone =
                last.values().stream()
                        .filter(Change.Gone.class::isInstance)
                        .map(change -> ((Change.Gone) change).deletion())
                        .toList();
        transactions.executeWithoutResult(status -> {
            store.upsertAll(vectors);
            store.deleteAll(gone);
        });
    }

    private Optional<Change> read(ConsumerRecord<String, byte[]> record) {
        try {
            ProductKey key = ProductKey.parse(String.valueOf(record.key()));
            long version = Long.parseLong(header(record, EventHeaders.PRODUCT_VERSION));
            byte @Nullable [] value = record.value();
            if (value == null) {
                return Optional.of(new Change.Gone(new EmbeddingStore.Deletion(key, version)));
            }
            float[] vector = VectorBytes.decode(value);
            if (vector.length == 0) {
                throw new IllegalArgumentException("the vector is empty");
            }
            return Optional.of(
                    new Change.Vector(
                            new ProductEmbedded(
                                    key,
                                    version,
                                    header(record, EventHeaders.MODEL),
                                    header(record, EventHeaders.TEXT_HASH),
                                    vector)));
        } catch (IllegalArgumentException e) {
            deadLetters.publish(record, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        String value = EventPublisher.header(record, name);
        if (value == null) {
            throw new IllegalArgumentException("header " + name + " is missing");
        }
        return value;
    }
}
