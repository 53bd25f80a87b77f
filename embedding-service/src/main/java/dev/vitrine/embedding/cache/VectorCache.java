package dev.vitrine.embedding.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import org.jspecify.annotations.Nullable;

/**
 * Vectors by text, purpose and model, bounded by memory. Safe for all threads; vectors are shared
 * and not to be changed.
 */
public final class VectorCache {

    /** Objects and references around a text and its vector, measured as about this much. */
    private static final int OVERHEAD_BYTES = 160;

    private record Key(String model, EmbeddingPurpose purpose, String text) {}

    private final Cache<Key, float[]> vectors;

    public VectorCache(CacheProperties properties, MeterRegistry meters) {
        this.vectors =
                Caffeine.newBuilder()
                        .maximumWeight(properties.maximumSize().toBytes())
                        .weigher(VectorCache::weight)
                        .recordStats()
                        .build();
        CaffeineCacheMetrics.monitor(meters, vectors, "embedding.queries");
    }

    /** The vector, if it is remembered. */
    public float @Nullable [] find(String model, EmbeddingPurpose purpose, String text) {
        return vectors.getIfPresent(new Key(model, purpose, text));
    }

    /** Remembers a vector. */
    public void put(String model, EmbeddingPurpose purpose, String text, float[] vector) {
        vectors.put(new Key(model, purpose, text), vector);
    }

    private static int weight(Key key, float[] vector) {
        return OVERHEAD_BYTES + Character.BYTES * key.text().length() + Float.BYTES * vector.length;
    }
}
