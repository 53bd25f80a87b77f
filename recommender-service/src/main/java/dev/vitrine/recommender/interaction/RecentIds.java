package dev.vitrine.recommender.interaction;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.UUID;

/** The latest ids, as 128-bit hashes of equal size whatever the ids' length. Not thread-safe. */
final class RecentIds {
    private final int max;
    private final SequencedSet<UUID> ids = new LinkedHashSet<>();

    RecentIds(int max) {
        this.max = max;
    }

    /** False when the id is among the latest already. */
    boolean add(String tenant, String eventId) {
        String id = tenant + '/' + eventId;
        boolean added = ids.add(UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)));
        if (ids.size() > max) {
            ids.removeFirst();
        }
        return added;
    }
}
