package dev.vitrine.kernels.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * An unchanging view of an engine's rows, searched by any number of threads; what one search
 * generation holds.
 *
 * <p>A score is the dot product of query and row, higher is better; with rows and queries of unit
 * length it is the cosine. The same query and row have the same score in every method.
 *
 * <p>Numbers that are none: a query with a NaN or infinite component is refused. Scores that
 * overflow to infinity order as such; a score that is NaN (infinities of both signs met in a sum)
 * matches nothing.
 *
 * <p>All methods refuse a query of the wrong length with an {@link IllegalArgumentException}.
 */
public interface VectorSearch {

    /** Number of components of every row. */
    int dimensions();

    /** Number of rows in this view. */
    int rowCount();

    /** Upper bound, exclusive, of the ordinals of this view; 0 when it is empty. */
    int ordinalLimit();

    /** Whether there is a row under an ordinal; false for ordinals that never were. */
    boolean contains(int ordinal);

    /**
     * Copies the row under an ordinal into an array of {@link #dimensions()} components.
     *
     * @return whether there is such a row; if not, the array is unchanged
     */
    boolean copyRow(int ordinal, float[] target);

    /**
     * The best rows that pass the filter.
     *
     * @param k most rows to return, 1 or more; fewer come back only if fewer pass
     */
    RowMatches topK(float[] query, int k, RowFilter filter);

    /**
     * The best rows for each of many queries, the same as one {@link #topK} after another; for jobs
     * over whole catalogues. Engines that can compare a row with several queries at once do so.
     *
     * @param k most rows to return a query, 1 or more
     * @return as many results as queries, in their order
     */
    default List<RowMatches> topKOfEach(float[][] queries, int k, RowFilter filter) {
        List<RowMatches> results = new ArrayList<>(queries.length);
        for (float[] query : queries) {
            results.add(topK(query, k, filter));
        }
        return results;
    }

    /**
     * All rows that pass the filter and score {@code minScore} or more, best first.
     *
     * @param minScore any number but NaN
     */
    default RowMatches range(float[] query, float minScore, RowFilter filter) {
        AllRows all = new AllRows();
        forEachInRange(query, minScore, filter, all);
        return all.toMatches();
    }

    /**
     * Hands over all rows that pass the filter and score {@code minScore} or more, in no particular
     * order, until the consumer has enough.
     *
     * @param minScore any number but NaN
     */
    void forEachInRange(float[] query, float minScore, RowFilter filter, MatchConsumer consumer);

    /**
     * Scores of given ordinals, in their order; NaN where there is no row.
     *
     * @param ordinals any, also repeated or unknown ones
     */
    float[] scores(float[] query, int[] ordinals);
}
