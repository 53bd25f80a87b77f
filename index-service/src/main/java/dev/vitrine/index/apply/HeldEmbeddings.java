package dev.vitrine.index.apply;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.index.vector.Embedding;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Vectors whose product, or whose product's text, has not come yet: the two topics are read at
 * their own speeds. Bounded. Guarded by the shard's lock.
 */
final class HeldEmbeddings {

    private final int max;
    private final Map<ProductKey, Embedding> byKey = new LinkedHashMap<>();

    HeldEmbeddings(int max) {
        this.max = max;
    }

    boolean full() {
        return byKey.size() >= max;
    }

    int size() {
        return byKey.size();
    }

    void put(ProductKey key, Embedding embedding) {
        byKey.remove(key);
        byKey.put(key, embedding);
    }

    @Nullable Embedding find(ProductKey key) {
        return byKey.get(key);
    }

    void remove(ProductKey key) {
        byKey.remove(key);
    }

    void removeOldest() {
        if (!byKey.isEmpty()) {
            byKey.remove(byKey.keySet().iterator().next());
        }
    }

    void removeCatalog(CatalogRef ref) {
        byKey.keySet().removeIf(key -> key.catalog().equals(ref));
    }

    void clear() {
        byKey.clear();
    }

    /** A copy, oldest first. */
    Map<ProductKey, Embedding> all() {
        return new LinkedHashMap<>(byKey);
    }
}
