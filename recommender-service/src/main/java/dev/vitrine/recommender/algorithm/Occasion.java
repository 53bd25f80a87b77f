package dev.vitrine.recommender.algorithm;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Items that belong together: one basket, or one visit in its order.
 *
 * @param id tells occasions of the same time apart; unique
 * @param time when it ended
 * @param items item ids, in order; may repeat
 */
public record Occasion(String id, Instant time, List<String> items) {
    /**
     * The order in which trainers read, so that a model does not depend on the order of arrival.
     */
    public static final Comparator<Occasion> BY_TIME =
            Comparator.comparing(Occasion::time).thenComparing(Occasion::id);

    public Occasion {
        items = List.copyOf(items);
    }

    /** The last {@code max} occasions, by time. */
    public static List<Occasion> latest(List<Occasion> occasions, int max) {
        List<Occasion> sorted = occasions.stream().sorted(BY_TIME).toList();
        return sorted.subList(Math.max(0, sorted.size() - max), sorted.size());
    }
}
