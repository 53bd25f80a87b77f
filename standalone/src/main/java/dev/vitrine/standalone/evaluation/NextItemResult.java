package dev.vitrine.standalone.evaluation;

import dev.vitrine.evaluation.NextItemEvaluation;

/**
 * How one model did.
 *
 * @param quality on the test cases
 * @param validation hit rate at 20 on a held-out part of the training data
 * @param trainSeconds time to train on all training data
 * @param peakMegabytes most heap used while training and answering, garbage included
 * @param millisPerQuery mean time of an answer, one thread
 */
public record NextItemResult(
        NextItemEvaluation quality,
        double validation,
        double trainSeconds,
        double peakMegabytes,
        double millisPerQuery) {}
