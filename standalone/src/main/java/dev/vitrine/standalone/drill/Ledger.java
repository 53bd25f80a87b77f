package dev.vitrine.standalone.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What the shop knows about its products: the last state that was acknowledged, and the states that
 * it tried to write without hearing whether they were. Thread-safe.
 *
 * <p>A product is written by one thread at a time, who claims it; so the order of its writes is
 * known. After a write of unknown outcome it is left alone until the truth has been looked up,
 * because the old write may still be under way.
 */
final class Ledger {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> ids;
    private final Set<String> touched = new HashSet<>();

    private static final class Entry {
        private Content acknowledged = Content.ABSENT;
        private final List<Content> uncertain = new ArrayList<>();
        private boolean claimed;
    }

    /**
     * What may be found.
     *
     * @param acknowledged the last acknowledged state
     * @param uncertain states that may have taken its place
     */
    record Expectation(Content acknowledged, List<Content> uncertain) {
        Expectation {
            uncertain = List.copyOf(uncertain);
        }

        boolean allows(Content found) {
            return found.equals(acknowledged) || uncertain.contains(found);
        }
    }

    Ledger(List<String> ids) {
        this.ids = List.copyOf(ids);
        ids.forEach(id -> entries.put(id, new Entry()));
    }

    /** Takes up to {@code count} products that nobody works on; whoever takes them gives word. */
    synchronized Map<String, Content> claim(int count, Random random) {
        Map<String, Content> claimed = new HashMap<>();
        for (int i = 0; i < 4 * count && claimed.size() < count; i++) {
            String id = ids.get(random.nextInt(ids.size()));
            Entry entry = entry(id);
            if (!entry.claimed && entry.uncertain.isEmpty()) {
                entry.claimed = true;
                touched.add(id);
                claimed.put(id, entry.acknowledged);
            }
        }
        return claimed;
    }

    /** The write was acknowledged. */
    synchronized void acknowledged(String id, Content state) {
        Entry entry = entry(id);
        entry.acknowledged = state;
        entry.claimed = false;
    }

    /** Nobody knows whether the write took place. */
    synchronized void unknown(String id, Content state) {
        Entry entry = entry(id);
        entry.uncertain.add(state);
        entry.claimed = false;
    }

    /** Nothing was sent. */
    synchronized void untouched(String id) {
        entry(id).claimed = false;
    }

    synchronized Map<String, Expectation> expectations() {
        Map<String, Expectation> now = new LinkedHashMap<>();
        entries.forEach(
                (id, entry) -> now.put(id, new Expectation(entry.acknowledged, entry.uncertain)));
        return now;
    }

    /** What was found is what counts from now on. */
    synchronized void settle(Map<String, Content> found) {
        entries.forEach((id, entry) -> {
            entry.acknowledged = found.getOrDefault(id, Content.ABSENT);
            entry.uncertain.clear();
        });
        touched.clear();
    }

    /** The products written since they were settled. */
    synchronized List<String> touched() {
        return List.copyOf(touched);
    }

    private Entry entry(String id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalArgumentException("no such product: " + id);
        }
        return entry;
    }
}
