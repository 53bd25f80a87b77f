package dev.vitrine.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Quality of the rankings of many queries.
 *
 * <p>A query is <em>answerable</em> if at least one of its judgements has a grade over 0. The
 * others are counted in {@code queries} only: that nothing in a shallow pool fits says nothing
 * about the catalogue.
 *
 * @param queries judged queries, answerable or not
 * @param ndcg10 nDCG@10 with gain 2^grade - 1; over answerable queries
 * @param ndcg10Judged the same on condensed lists (unjudged products removed before ranks are
 *     counted); over answerable queries
 * @param ndcg10Linear nDCG@10 with the grade as gain, as trec_eval's ndcg_cut_10; over answerable
 *     queries
 * @param p10 P@10; over answerable queries
 * @param r50 R@50; over queries with at least one relevant judgement
 * @param judged10 share of judged products among the first 10 returned; over answerable queries for
 *     which something was returned
 * @param mrr mean reciprocal rank of the first relevant product; over queries with at least one
 *     relevant judgement
 * @param perQuery the same query by query, in the order of the judgements
 */
public record SearchReport(
        int queries,
        Mean ndcg10,
        Mean ndcg10Judged,
        Mean ndcg10Linear,
        Mean p10,
        Mean r50,
        Mean judged10,
        Mean mrr,
        List<QueryScores> perQuery) {

    /** Copies the list. */
    public SearchReport {
        perQuery = List.copyOf(perQuery);
    }

    static SearchReport of(List<QueryScores> perQuery) {
        return new SearchReport(
                perQuery.size(),
                mean(perQuery, QueryScores::ndcg10),
                mean(perQuery, QueryScores::ndcg10Judged),
                mean(perQuery, QueryScores::ndcg10Linear),
                mean(perQuery, QueryScores::p10),
                mean(perQuery, QueryScores::r50),
                mean(perQuery, QueryScores::judged10),
                mean(perQuery, QueryScores::mrr),
                perQuery);
    }

    private static Mean mean(
            List<QueryScores> perQuery, Function<QueryScores, OptionalDouble> measure) {
        return Mean.of(perQuery.stream().map(measure).toList());
    }
}
