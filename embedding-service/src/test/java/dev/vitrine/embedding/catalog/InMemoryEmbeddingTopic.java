package dev.vitrine.embedding.catalog;

import dev.vitrine.contracts.embedding.ProductEmbedded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Keeps what was published; can be told not to acknowledge. For one thread. */
final class InMemoryEmbeddingTopic implements EmbeddingTopic {

    final List<ProductEmbedded> published = new ArrayList<>();
    final List<Integer> partitions = new ArrayList<>();
    final List<String> removed = new ArrayList<>();
    final List<String> asideReasons = new ArrayList<>();
    boolean down;

    /** Takes what is sent and does not say so. */
    boolean silent;

    @Override
    public CompletableFuture<?> publish(int partition, ProductEmbedded event) {
        if (down) {
            return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
        }
        published.add(event);
        partitions.add(partition);
        return acknowledgement();
    }

    @Override
    public CompletableFuture<?> remove(int partition, String key, @Nullable String productVersion) {
        removed.add(key + "@" + productVersion);
        return acknowledgement();
    }

    private CompletableFuture<?> acknowledgement() {
        return silent
                ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public void setAside(ConsumerRecord<String, byte[]> record, String reason) {
        asideReasons.add(reason);
    }
}
