package dev.vitrine.contracts.recommendation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks for products like one product.
 *
 * @param filter filter string or JSON tree, or null
 * @param limit products wanted, 1 to 100, default 12
 * @param fields fields to return, default all; read by the gateway, which joins them
 */
public record SimilarRequest(
        @Nullable JsonNode filter, @Nullable Integer limit, @Nullable List<String> fields) {
    public SimilarRequest {
        fields = RecommendationRequest.copy(fields);
    }

    /** Products unless asked otherwise. */
    public static final int DEFAULT_LIMIT = 12;

    /** Most products of one answer. */
    public static final int MAX_LIMIT = 100;
}
