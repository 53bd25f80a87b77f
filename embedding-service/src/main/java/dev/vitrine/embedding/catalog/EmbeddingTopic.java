package dev.vitrine.embedding.catalog;

import dev.vitrine.contracts.embedding.ProductEmbedded;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Where vectors go. Thread-safe. */
interface EmbeddingTopic {

    /** Publishes a vector; completes when it cannot be lost any more. */
    CompletableFuture<?> publish(int partition, ProductEmbedded event);

    /**
     * Publishes that a product has no vector any more.
     *
     * @param productVersion version of the product that has none, or null if unknown
     */
    CompletableFuture<?> remove(int partition, String key, @Nullable String productVersion);

    /** Sets a record aside that cannot be used; returns when it cannot be lost any more. */
    void setAside(ConsumerRecord<String, byte[]> record, String reason);
}
