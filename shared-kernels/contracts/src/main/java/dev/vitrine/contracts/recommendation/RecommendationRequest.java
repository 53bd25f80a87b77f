package dev.vitrine.contracts.recommendation;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks for products in a scenario. Everything is optional; what nothing is known of is passed over
 * and named in the reason.
 *
 * @param products ids of the products that are looked at
 * @param basket ids of the products in the basket
 * @param session ids of the products of this visit, in order
 * @param sessionId the visit, where its events have been sent; read if {@code session} is missing
 * @param visitorId the visitor, where events have been sent; the last visit counts
 * @param limit products wanted, 1 to 100, default 12
 * @param filter filter string or JSON tree
 * @param fields fields to return, default all; read by the gateway, which joins them
 * @param exclude ids of products not to recommend, at most {@value #MAX_EXCLUDED}
 */
public record RecommendationRequest(
        @Nullable List<String> products,
        @Nullable List<String> basket,
        @Nullable List<String> session,
        @Nullable String sessionId,
        @Nullable String visitorId,
        @Nullable Integer limit,
        @Nullable JsonNode filter,
        @Nullable List<String> fields,
        @Nullable List<String> exclude) {
    public RecommendationRequest {
        products = copy(products);
        basket = copy(basket);
        session = copy(session);
        fields = copy(fields);
        exclude = copy(exclude);
    }

    /** The last so many items of each list count. */
    public static final int COUNTED_ITEMS = 100;

    /** Most products that one request may exclude. */
    public static final int MAX_EXCLUDED = 1_000;

    /** A request without any context. */
    public static final RecommendationRequest NOTHING =
            new RecommendationRequest(null, null, null, null, null, null, null, null, null);

    static @Nullable List<String> copy(@Nullable List<String> items) {
        if (items != null && items.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a list must not contain null");
        }
        return items == null ? null : List.copyOf(items);
    }
}
