package dev.vitrine.recommender.algorithm.trending;

import dev.vitrine.recommender.algorithm.ItemIndex;
import dev.vitrine.recommender.algorithm.Recommended;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What rises and what is wanted most in one catalogue. Immutable, for any number of threads. */
public final class TrendingModel {
    private final List<Recommended> rising;
    private final List<Recommended> popular;

    TrendingModel(ItemIndex index, double[] rises, double[] lifts, double[] demand, int[] counts) {
        this.rising = sorted(index, rises, lifts, counts);
        this.popular = sorted(index, demand, lifts, counts);
    }

    /** Items over their own past, the surest first. */
    public List<Recommended> rising(int limit, Predicate<String> wanted) {
        return first(rising, limit, wanted);
    }

    /** Items by their demand, faded with time; equal ones by id. */
    public List<Recommended> popular(int limit, Predicate<String> wanted) {
        return first(popular, limit, wanted);
    }

    private static List<Recommended> first(
            List<Recommended> items, int limit, Predicate<String> wanted) {
        return items.stream().filter(item -> wanted.test(item.id())).limit(limit).toList();
    }

    private static List<Recommended> sorted(
            ItemIndex index, double[] scores, double[] lifts, int[] counts) {
        return IntStream.range(0, index.size())
                .filter(item -> scores[item] > 0)
                .mapToObj(item ->
                        new Recommended(
                                index.id(item), scores[item], null, counts[item], lifts[item]))
                // Sorting is stable, so equal scores stay in the order of ids.
                .sorted((a, b) -> Double.compare(b.score(), a.score()))
                .toList();
    }
}
