package dev.vitrine.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Compares the rankings that a search gave with judgements; {@link SearchReport} says how. */
public final class SearchEvaluation {

    /** Grade from which a product is relevant unless told otherwise. */
    public static final double DEFAULT_RELEVANT_FROM = 2;

    private static final int NDCG_DEPTH = 10;
    private static final int PRECISION_DEPTH = 10;
    private static final int RECALL_DEPTH = 50;
    private static final int JUDGED_DEPTH = 10;

    private final double relevantFrom;

    /**
     * Fixes what is relevant for P@10, R@50 and MRR.
     *
     * @param relevantFrom lowest grade that is relevant, over 0
     */
    public SearchEvaluation(double relevantFrom) {
        RankingMeasures.checkRelevantFrom(relevantFrom);
        this.relevantFrom = relevantFrom;
    }

    /**
     * Measures all judged queries.
     *
     * @param rankings product ids, best first, by query; a judged query without a ranking counts as
     *     one that found nothing, a ranking without judgements is ignored. At least 50 products
     *     where the search has them; condensed lists are the truer the longer the rankings are
     * @throws IllegalArgumentException if a ranking names a product twice
     */
    public SearchReport evaluate(Judgments judgments, Map<String, List<String>> rankings) {
        List<QueryScores> perQuery = new ArrayList<>();
        for (String query : judgments.queries()) {
            List<String> ranking = rankings.getOrDefault(query, List.of());
            if (new HashSet<>(ranking).size() != ranking.size()) {
                throw new IllegalArgumentException(
                        "the ranking of '" + query + "' names a product twice");
            }
            perQuery.add(scores(query, ranking, judgments.grades(query)));
        }
        return SearchReport.of(perQuery);
    }

    private QueryScores scores(String query, List<String> ranking, Map<String, Double> judgements) {
        boolean answerable = judgements.values().stream().anyMatch(grade -> grade > 0);
        return new QueryScores(
                query,
                RankingMeasures.ndcg(ranking, judgements, NDCG_DEPTH, Gain.EXPONENTIAL),
                RankingMeasures.ndcg(
                        RankingMeasures.condensed(ranking, judgements),
                        judgements,
                        NDCG_DEPTH,
                        Gain.EXPONENTIAL),
                RankingMeasures.ndcg(ranking, judgements, NDCG_DEPTH, Gain.LINEAR),
                answerable
                        ? OptionalDouble.of(
                                RankingMeasures.precision(
                                        ranking, judgements, PRECISION_DEPTH, relevantFrom))
                        : OptionalDouble.empty(),
                RankingMeasures.recall(ranking, judgements, RECALL_DEPTH, relevantFrom),
                answerable
                        ? RankingMeasures.judged(ranking, judgements, JUDGED_DEPTH)
                        : OptionalDouble.empty(),
                RankingMeasures.reciprocalRank(ranking, judgements, relevantFrom));
    }
}
