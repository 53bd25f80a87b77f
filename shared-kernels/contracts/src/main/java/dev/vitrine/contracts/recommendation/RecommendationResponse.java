package dev.vitrine.contracts.recommendation;

import java.util.List;
import java.util.Map;

/**
 * Recommended products as users see them.
 *
 * @param recommendationId 32 lower-case hex digits; clicks refer to it
 * @param items best first
 * @param step the first step of the fallback chain that gave an item, {@code none} for an empty
 *     list
 * @param reason in a sentence or two, what answered and what was passed over
 * @param tookMs time in the gateway, milliseconds
 * @param partial names of the parts that were missing
 */
public record RecommendationResponse(
        String recommendationId,
        List<Item> items,
        String step,
        String reason,
        long tookMs,
        List<String> partial) {
    /**
     * One recommended product with its fields.
     *
     * @param id product id
     * @param score higher is better; comparable within one step only
     * @param step the step of the fallback chain that gave it
     * @param reason why, in a phrase
     * @param fields returned fields
     */
    public record Item(
            String id, double score, String step, String reason, Map<String, Object> fields) {}
}
