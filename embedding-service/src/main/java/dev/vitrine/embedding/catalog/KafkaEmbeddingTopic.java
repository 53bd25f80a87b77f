package dev.vitrine.embedding.catalog;

import dev.vitrine.contracts.embedding.ProductEmbedded;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** {@code vitrine.catalog.embeddings.v1}. */
final class KafkaEmbeddingTopic implements EmbeddingTopic {

    private final EventPublisher publisher;
    private final DeadLetters deadLetters;

    KafkaEmbeddingTopic(EventPublisher publisher, DeadLetters deadLetters) {
        this.publisher = publisher;
        this.deadLetters = deadLetters;
    }

    @Override
    public CompletableFuture<?> publish(int partition, ProductEmbedded event) {
        return publisher.publish(
                Topics.EMBEDDINGS,
                partition,
                event.key().key(),
                EventHeaders.TYPE_PRODUCT_EMBEDDED,
                EventHeaders.FLOAT32,
                VectorBytes.encode(event.vector()),
                Map.of(
                        EventHeaders.MODEL, event.model(),
                        EventHeaders.DIMENSIONS, Integer.toString(event.vector().length),
                        EventHeaders.TEXT_HASH, event.textHash(),
                        EventHeaders.PRODUCT_VERSION, Long.toString(event.productVersion())));
    }

    @Override
    public CompletableFuture<?> remove(int partition, String key, @Nullable String productVersion) {
        return publisher.publish(
                Topics.EMBEDDINGS,
                partition,
                key,
                EventHeaders.TYPE_PRODUCT_EMBEDDED,
                EventHeaders.FLOAT32,
                null,
                productVersion == null
                        ? Map.of()
                        : Map.of(EventHeaders.PRODUCT_VERSION, productVersion));
    }

    @Override
    public void setAside(ConsumerRecord<String, byte[]> record, String reason) {
        deadLetters.publish(record, reason);
    }
}
