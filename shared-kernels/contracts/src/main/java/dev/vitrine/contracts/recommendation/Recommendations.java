package dev.vitrine.contracts.recommendation;

import java.util.List;

/**
 * What recommender-service answers to a {@link RecommendationRequest}.
 *
 * @param items best first, step after step of the fallback chain
 * @param step the first step that gave an item, {@code none} for an empty list
 * @param reason in a sentence or two, what answered and what was passed over
 */
public record Recommendations(List<Item> items, String step, String reason) {
    public Recommendations {
        items = List.copyOf(items);
    }

    /**
     * One recommended product.
     *
     * @param id product id
     * @param score higher is better; comparable within one step only
     * @param step the step of the fallback chain that gave it
     * @param reason why, in a phrase
     */
    public record Item(String id, double score, String step, String reason) {}
}
