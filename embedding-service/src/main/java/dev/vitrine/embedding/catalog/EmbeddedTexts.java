package dev.vitrine.embedding.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been embedded, by partition and record key: the memory behind "unchanged text is never
 * embedded twice". Rebuilt from the embeddings topic. For one thread.
 */
final class EmbeddedTexts {

    private final Map<Integer, Map<String, EmbeddedText>> partitions = new HashMap<>();

    @Nullable EmbeddedText find(int partition, String key) {
        return of(partition).get(key);
    }

    void put(int partition, String key, EmbeddedText text) {
        of(partition).put(key, text);
    }

    void remove(int partition, String key) {
        of(partition).remove(key);
    }

    /** Forgets partitions that others embed from now on. */
    void drop(Collection<Integer> lost) {
        partitions.keySet().removeAll(lost);
    }

    /** Takes over what another table knows of a partition. */
    void adopt(int partition, EmbeddedTexts restored) {
        partitions.put(partition, restored.of(partition));
    }

    /** Whether a partition has a vector of another model. */
    boolean hasOtherModel(int partition, String model) {
        return of(partition).values().stream().anyMatch(text -> !text.model().equals(model));
    }

    private Map<String, EmbeddedText> of(int partition) {
        return partitions.computeIfAbsent(partition, absent -> new HashMap<>());
    }
}
