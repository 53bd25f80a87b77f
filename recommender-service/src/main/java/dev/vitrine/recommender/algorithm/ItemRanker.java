package dev.vitrine.recommender.algorithm;

import java.util.List;
import java.util.function.Predicate;

/** A model that ranks items for a context. Immutable, for any number of threads. */
@FunctionalInterface
public interface ItemRanker {
    /**
     * Ranks items.
     *
     * @param context items, in order; unknown ones are passed over
     * @param limit most items wanted
     * @param wanted asked from the best item down until enough are wanted
     * @return best first, equal scores by id; empty when the model knows nothing of the context
     */
    List<Recommended> rank(List<String> context, int limit, Predicate<String> wanted);
}
