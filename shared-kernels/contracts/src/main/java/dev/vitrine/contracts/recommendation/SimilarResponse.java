package dev.vitrine.contracts.recommendation;

import java.util.List;
import java.util.Map;

/**
 * Similar products as users see them.
 *
 * @param recommendationId 32 lower-case hex digits; clicks refer to it
 * @param items best first
 * @param method which method answered
 * @param reason why this method, in a sentence
 * @param tookMs time in the gateway, milliseconds
 * @param partial names of the parts that were missing
 */
public record SimilarResponse(
        String recommendationId,
        List<Item> items,
        String method,
        String reason,
        long tookMs,
        List<String> partial) {

    /**
     * One recommended product with its fields.
     *
     * @param id product id
     * @param score cosine, higher is more alike
     * @param fields returned fields
     */
    public record Item(String id, double score, Map<String, Object> fields) {}
}
