package dev.vitrine.evaluation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Measures of one ranking against the judgements of its query.
 *
 * <p>A ranking is a list of product ids, best first, without repetition. Judgements map product ids
 * to grades of 0 or more, which may be decimal. A product without a judgement counts as grade 0. A
 * measure that is undefined for a query is empty, never 0 or 1 by convention, so that the caller
 * has to say which queries an average is taken over.
 */
public final class RankingMeasures {

    private RankingMeasures() {}

    /**
     * Normalised discounted cumulative gain of the first {@code k} ranks: the sum of gain /
     * log2(rank + 1), ranks from 1 on, divided by the same sum for the best order of all judged
     * products. With {@link Gain#LINEAR} it equals {@code ndcg_cut_k} of trec_eval.
     *
     * @return 0 to 1; empty if no judged product has a grade over 0
     */
    public static OptionalDouble ndcg(
            List<String> ranking, Map<String, Double> judgements, int k, Gain gain) {
        checkCutoff(k);
        double[] ideal =
                judgements.values().stream().mapToDouble(grade -> -grade).sorted().toArray();
        double best = 0;
        for (int i = 0; i < Math.min(k, ideal.length); i++) {
            best += gain.of(-ideal[i]) / discount(i);
        }
        if (best == 0) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int i = 0; i < Math.min(k, ranking.size()); i++) {
            sum += gain.of(judgements.getOrDefault(ranking.get(i), 0.0)) / discount(i);
        }
        return OptionalDouble.of(sum / best);
    }

    /**
     * Share of relevant products in the first {@code k} ranks. A list shorter than {@code k} is
     * filled up with irrelevant ones, so the divisor is always {@code k}.
     *
     * @param relevantFrom lowest grade that is relevant, over 0
     */
    public static double precision(
            List<String> ranking, Map<String, Double> judgements, int k, double relevantFrom) {
        return relevantWithin(ranking, judgements, k, relevantFrom) / (double) k;
    }

    /**
     * Share of the relevant products that the first {@code k} ranks show.
     *
     * @param relevantFrom lowest grade that is relevant, over 0
     * @return empty if no judged product is relevant
     */
    public static OptionalDouble recall(
            List<String> ranking, Map<String, Double> judgements, int k, double relevantFrom) {
        long found = relevantWithin(ranking, judgements, k, relevantFrom);
        long relevant = judgements.values().stream().filter(g -> g >= relevantFrom).count();
        return relevant == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(found / (double) relevant);
    }

    /**
     * One over the rank of the first relevant product; 0 if the ranking shows none.
     *
     * @param relevantFrom lowest grade that is relevant, over 0
     * @return empty if no judged product is relevant
     */
    public static OptionalDouble reciprocalRank(
            List<String> ranking, Map<String, Double> judgements, double relevantFrom) {
        checkRelevantFrom(relevantFrom);
        if (judgements.values().stream().noneMatch(grade -> grade >= relevantFrom)) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < ranking.size(); i++) {
            if (judgements.getOrDefault(ranking.get(i), 0.0) >= relevantFrom) {
                return OptionalDouble.of(1.0 / (i + 1));
            }
        }
        return OptionalDouble.of(0);
    }

    /**
     * Share of the products on the first {@code k} ranks that are judged at all, whatever the
     * grade; a list shorter than {@code k} is not filled up.
     *
     * @return empty for an empty ranking
     */
    public static OptionalDouble judged(
            List<String> ranking, Map<String, Double> judgements, int k) {
        checkCutoff(k);
        int shown = Math.min(k, ranking.size());
        if (shown == 0) {
            return OptionalDouble.empty();
        }
        long judged = ranking.stream().limit(shown).filter(judgements::containsKey).count();
        return OptionalDouble.of(judged / (double) shown);
    }

    /** The condensed list: the ranking without its unjudged products, in the same order. */
    public static List<String> condensed(List<String> ranking, Map<String, Double> judgements) {
        return ranking.stream().filter(judgements::containsKey).toList();
    }

    /**
     * Share of the first {@code k} rows of an exact search that the first {@code k} rows of another
     * search contain; recall@k of an approximate engine.
     *
     * @return empty if the exact search found nothing
     */
    public static OptionalDouble recallOfExact(int[] exact, int[] found, int k) {
        checkCutoff(k);
        int wanted = Math.min(k, exact.length);
        if (wanted == 0) {
            return OptionalDouble.empty();
        }
        Set<Integer> shown = new HashSet<>();
        Arrays.stream(found).limit(k).forEach(shown::add);
        long hits = Arrays.stream(exact).limit(wanted).filter(shown::contains).count();
        return OptionalDouble.of(hits / (double) wanted);
    }

    private static long relevantWithin(
            List<String> ranking, Map<String, Double> judgements, int k, double relevantFrom) {
        checkCutoff(k);
        checkRelevantFrom(relevantFrom);
        return ranking.stream()
                .limit(k)
                .filter(id -> judgements.getOrDefault(id, 0.0) >= relevantFrom)
                .count();
    }

    /** log2(rank + 1) for a position counted from 0. */
    private static double discount(int position) {
        return Math.log(position + 2.0) / Math.log(2);
    }

    private static void checkCutoff(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, but is " + k);
        }
    }

    // At 0 every unjudged product would be relevant.
    static void checkRelevantFrom(double relevantFrom) {
        if (!(relevantFrom > 0)) {
            throw new IllegalArgumentException(
                    "relevantFrom must be over 0, but is " + relevantFrom);
        }
    }
}
