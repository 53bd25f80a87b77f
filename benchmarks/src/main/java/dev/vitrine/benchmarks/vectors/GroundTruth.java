package dev.vitrine.benchmarks.vectors;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.exact.ExactSearch;
import java.util.stream.IntStream;

/**
 * The best rows of each query by an exact scan. A row counts as found when it is among them or
 * scores the same as the last of them: equal texts have equal vectors, and which of them an engine
 * returns is no error.
 */
public final class GroundTruth {

    private static final float TIE = 1e-6f;

    private final ExactSearch exact;
    private final float[][] queries;
    private final RowMatches[] best;

    private GroundTruth(ExactSearch exact, float[][] queries, RowMatches[] best) {
        this.exact = exact;
        this.queries = queries;
        this.best = best;
    }

    /** Scans all rows that pass the filter for each query, on all cores. */
    public static GroundTruth of(ExactSearch exact, float[][] queries, RowSubset filter, int k) {
        long[] words = filter.words();
        RowFilter passing = words == null ? RowFilter.ALL : RowFilter.of(words);
        RowMatches[] best =
                IntStream.range(0, queries.length)
                        .parallel()
                        .mapToObj(query -> exact.topK(queries[query], k, passing))
                        .toArray(RowMatches[]::new);
        return new GroundTruth(exact, queries, best);
    }

    /**
     * The share of the best {@code k} rows of a query that were found.
     *
     * @param found distinct ordinals
     */
    public double recall(int query, int[] found, int k) {
        RowMatches truth = best[query];
        int wanted = Math.min(k, truth.size());
        if (wanted == 0) {
            return 1;
        }
        float floor = truth.score(wanted - 1) - TIE;
        int[] counted = IntStream.of(found).limit(k).toArray();
        float[] scores = exact.scores(queries[query], counted);
        int hits = 0;
        for (float score : scores) {
            hits += score >= floor ? 1 : 0;
        }
        return Math.min(1.0, hits / (double) wanted);
    }
}
