package dev.vitrine.contracts.index;

/**
 * How the two scores of a candidate become its probability of being relevant, as data. With {@code
 * t} = its BM25 score divided by the best BM25 score of the query over the whole catalogue (0
 * without a text match) and {@code s} = its cosine (0 without a vector or below 0):
 *
 * <pre>relevance = 1 / (1 + exp(-(bias + textWeight * t + semanticWeight * s)))</pre>
 *
 * A candidate is kept when it is a text match, or its cosine reaches {@code semanticFloor}, and its
 * relevance reaches {@code threshold}; an exact identifier match is always kept and comes first.
 * Neither {@code t} nor {@code s} depends on filters, so refining a search never moves the cut.
 *
 * @param method name of the head as shown in {@code cutoff.method}
 * @param version version of its numbers
 * @param bias log-odds of a candidate with both scores 0
 * @param textWeight log-odds for {@code t} = 1
 * @param semanticWeight log-odds for {@code s} = 1
 * @param semanticFloor cosine from which a row without a text match is kept, -1 to 1; over 1 =
 *     never
 * @param threshold relevance from which a candidate is kept, 0 (all) to 1
 */
public record ScoringHead(
        String method,
        int version,
        double bias,
        double textWeight,
        double semanticWeight,
        double semanticFloor,
        double threshold) {

    public ScoringHead {
        if (!Double.isFinite(bias)
                || !Double.isFinite(textWeight)
                || !Double.isFinite(semanticWeight)
                || !Double.isFinite(semanticFloor)
                || !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("a scoring head holds finite numbers only");
        }
    }

    /** Log-odds of relevance; orders candidates as {@link #relevance} does. */
    public double logOdds(double text, double semantic) {
        return bias + textWeight * text + semanticWeight * semantic;
    }

    /** Probability of relevance, 0 to 1. */
    public double relevance(double text, double semantic) {
        return 1 / (1 + Math.exp(-logOdds(text, semantic)));
    }
}
