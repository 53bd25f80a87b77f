package dev.vitrine.recommender.algorithm.similar;

import dev.vitrine.contracts.recommendation.SimilarProducts;
import java.util.List;

/**
 * What a search found.
 *
 * @param items best first; equal cosines by id
 * @param complete false when the search ended at its limit of candidates
 */
public record SimilarResult(List<SimilarProducts.Item> items, boolean complete) {
    public SimilarResult {
        items = List.copyOf(items);
    }
}
