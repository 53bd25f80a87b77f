package dev.vitrine.evaluation;

import java.util.OptionalDouble;

/**
 * The measures of one query; empty where a measure leaves this query out. {@link SearchReport}
 * defines them.
 */
public record QueryScores(
        String query,
        OptionalDouble ndcg10,
        OptionalDouble ndcg10Judged,
        OptionalDouble ndcg10Linear,
        OptionalDouble p10,
        OptionalDouble r50,
        OptionalDouble judged10,
        OptionalDouble mrr) {}
