package dev.vitrine.kernels.quantized;

import java.util.Locale;

/**
 * How top-k is searched: how far under the k-th best score an estimate may lie for its row to be
 * looked at further. Found on a sample of queries, see {@link PlanFinder}.
 *
 * <p>Margins, not numbers of candidates: how many rows lie in a margin differs from query to query
 * and from filter to filter, how far estimates err does not.
 *
 * @param margins for searches of all rows
 * @param filtered margins under a filter, which may leave many rows close to the k-th best
 * @param byDistance rows inside the first margin, of most queries; where the search begins
 * @param byEstimate rows inside the second margin, on average
 * @param recall share of the true best {@link #K} that the sample's searches found
 * @param queries size of the sample
 * @param real whether the sample were queries that people asked, not rows
 */
record SearchPlan(
        Margins margins,
        Margins filtered,
        int byDistance,
        int byEstimate,
        double recall,
        int queries,
        boolean real) {

    /** What a row costs in the stage of int8 codes, in rows of the stage of bit planes. */
    static final int BYTE_COST = 2;

    /** Number of results that plans are made for; margins hold for others as well. */
    static final int K = 10;

    /** Over this many results every int8 code is compared. */
    static final int K_MAX = 1_000;

    /** Stands for the plan while it is being found. */
    static final SearchPlan UNKNOWN =
            new SearchPlan(new Margins(0, 0), new Margins(0, 0), K, K, 0, 0, false);

    SearchPlan wider(double factor) {
        return new SearchPlan(
                margins.wider(factor), filtered, byDistance, byEstimate, recall, queries, real);
    }

    SearchPlan withRecall(double measured) {
        return new SearchPlan(margins, filtered, byDistance, byEstimate, measured, queries, real);
    }

    /** Rows whose int8 codes take as long to compare as the stages behind the first. */
    int work() {
        return byDistance + BYTE_COST * byEstimate;
    }

    /** The margins of a search that some rows may be kept from. */
    Margins marginsFor(boolean isFiltered) {
        return isFiltered ? margins.orWider(filtered) : margins;
    }

    String describe() {
        return String.format(
                Locale.ROOT,
                "margins %.3f by distance (%d rows) and %.3f by estimate (%d rows); recall@%d %.3f"
                        + " on %d %s",
                margins.distance(),
                byDistance,
                margins.estimate(),
                byEstimate,
                K,
                recall,
                queries,
                real ? "queries" : "rows as queries");
    }
}
