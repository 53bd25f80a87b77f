package dev.vitrine.evaluation;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How well a cut-off kept the right products, counted over judged products only; counts of several
 * queries add up.
 *
 * @param keptRelevant judged products that were kept and are relevant
 * @param keptJudged judged products that were kept
 * @param relevant judged products that are relevant
 */
public record KeptSet(int keptRelevant, int keptJudged, int relevant) {

    /** Nothing counted yet. */
    public static final KeptSet NONE = new KeptSet(0, 0, 0);

    /** Checks that the counts can be true together. */
    public KeptSet {
        if (keptRelevant < 0 || keptRelevant > keptJudged || keptRelevant > relevant) {
            throw new IllegalArgumentException(
                    "impossible counts: %d of %d kept, of %d relevant"
                            .formatted(keptRelevant, keptJudged, relevant));
        }
    }

    /**
     * Counts one query.
     *
     * @param kept ids of all products that were kept
     * @param judgements grades by product id
     * @param relevantFrom lowest grade that is relevant, over 0
     */
    public static KeptSet of(
            Set<String> kept, Map<String, Double> judgements, double relevantFrom) {
        RankingMeasures.checkRelevantFrom(relevantFrom);
        int keptRelevant = 0;
        int keptJudged = 0;
        int relevant = 0;
        for (Map.Entry<String, Double> judgement : judgements.entrySet()) {
            boolean isKept = kept.contains(judgement.getKey());
            boolean isRelevant = judgement.getValue() >= relevantFrom;
            keptJudged += isKept ? 1 : 0;
            relevant += isRelevant ? 1 : 0;
            keptRelevant += isKept && isRelevant ? 1 : 0;
        }
        return new KeptSet(keptRelevant, keptJudged, relevant);
    }

    /** The counts of both. */
    public KeptSet plus(KeptSet other) {
        return new KeptSet(
                keptRelevant + other.keptRelevant,
                keptJudged + other.keptJudged,
                relevant + other.relevant);
    }

    /** Share of relevant ones among the kept; empty if no judged product was kept. */
    public OptionalDouble precision() {
        return keptJudged == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(keptRelevant / (double) keptJudged);
    }

    /** Share of kept ones among the relevant; empty if no judged product is relevant. */
    public OptionalDouble recall() {
        return relevant == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(keptRelevant / (double) relevant);
    }
}
