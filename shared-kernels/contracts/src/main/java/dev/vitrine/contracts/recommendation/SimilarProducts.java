package dev.vitrine.contracts.recommendation;

import java.util.List;

/**
 * What recommender-service answers to a {@link SimilarRequest}.
 *
 * @param items best first
 * @param method which method answered
 * @param reason why this method, in a sentence
 */
public record SimilarProducts(List<Item> items, String method, String reason) {

    /**
     * One recommended product.
     *
     * @param id product id
     * @param score cosine, higher is more alike
     */
    public record Item(String id, double score) {}
}
