package dev.vitrine.contracts.index;

/**
 * What the shard saw of a query, before filters.
 *
 * @param terms analysed terms of the query
 * @param textMatches products that match enough terms
 * @param bestBm25 best text score, 0 without a match
 * @param bestCosine best cosine of the candidates, 0 without a vector; where no product reaches the
 *     floor and the plan asks for explanations, that of the nearest product
 * @param semanticMatches products at or over the head's cosine floor
 */
public record QueryStatistics(
        int terms, int textMatches, double bestBm25, double bestCosine, int semanticMatches) {}
