package dev.vitrine.recommender.algorithm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;

/** Takes the best items out of scored ones. */
public final class Ranking {
    private record Scored(int item, double score) {}

    // Item numbers are in the order of ids, so equal scores come by id.
    private static final Comparator<Scored> BEST_FIRST =
            Comparator.comparingDouble(Scored::score).reversed().thenComparingInt(Scored::item);

    private Ranking() {}

    /**
     * The best wanted items.
     *
     * @param items item numbers, each once
     * @param score of an item, over 0
     * @param wanted asked from the best item down
     * @param result made of the items that are taken
     */
    public static List<Recommended> best(
            ItemIndex index,
            int[] items,
            IntToDoubleFunction score,
            int limit,
            Predicate<String> wanted,
            IntFunction<Recommended> result) {
        List<Scored> scored = new ArrayList<>(items.length);
        for (int item : items) {
            scored.add(new Scored(item, score.applyAsDouble(item)));
        }
        // A heap: mostly a few dozen of thousands are asked for.
        PriorityQueue<Scored> best = new PriorityQueue<>(Math.max(1, items.length), BEST_FIRST);
        best.addAll(scored);
        List<Recommended> taken = new ArrayList<>(Math.min(limit, items.length));
        while (taken.size() < limit) {
            Scored next = best.poll();
            if (next == null) {
                break;
            }
            if (wanted.test(index.id(next.item()))) {
                taken.add(result.apply(next.item()));
            }
        }
        return taken;
    }
}
