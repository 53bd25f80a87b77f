package dev.vitrine.index.apply;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest deletions of a catalogue, so that an older record that comes again revives nothing.
 * Bounded: the oldest is forgotten first. Guarded by the shard's lock.
 */
final class Tombstones {

    private final int max;
    private final Map<String, Tombstone> byId = new LinkedHashMap<>();

    /**
     * A deletion.
     *
     * @param version version of the product that the deletion was
     * @param generation first generation without it
     */
    record Tombstone(long version, long generation) {}

    Tombstones(int max) {
        this.max = max;
    }

    void put(String id, long version, long generation) {
        byId.remove(id);
        byId.put(id, new Tombstone(version, generation));
        if (byId.size() > max) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    void remove(String id) {
        byId.remove(id);
    }

    @Nullable Tombstone find(String id) {
        return byId.get(id);
    }

    /** Version of the deletion, -1 without one. */
    long version(String id) {
        Tombstone tombstone = byId.get(id);
        return tombstone == null ? -1 : tombstone.version();
    }

    /** A copy, oldest first. */
    Map<String, Long> versions() {
        Map<String, Long> versions = new LinkedHashMap<>();
        byId.forEach((id, tombstone) -> versions.put(id, tombstone.version()));
        return versions;
    }
}
