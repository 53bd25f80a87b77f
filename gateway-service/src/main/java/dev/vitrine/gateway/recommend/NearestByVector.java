package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.FilterParser;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.recommendation.RecommendationResponse.Item;
import dev.vitrine.contracts.recommendation.SimilarRequest;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The products nearest to one by the index alone, without the recommender. Thread-safe. */
final class NearestByVector {

    private static final String METHOD = "index-vector-1";
    private static final int MAX_CANDIDATES = 100_000;

    private final Services services;
    private final ProductFields productFields;
    private final double floor;

    /** Counts products as similar from this cosine on. */
    NearestByVector(Services services, ProductFields productFields, double floor) {
        this.services = services;
        this.productFields = productFields;
        this.floor = floor;
    }

    /**
     * The nearest; nothing when the index, which {@code partial} names then, does not answer.
     *
     * @throws ProblemException with PRODUCT_NOT_FOUND when the index does not know the product
     */
    Answer find(
            String catalog,
            String id,
            @Nullable Filter filter,
            @Nullable Integer limit,
            @Nullable List<String> fields,
            RequestContext context,
            List<String> partial) {
        try {
            if (productFields.find(catalog, List.of(id), List.of(), context).isEmpty()) {
                throw new ProblemException(
                        CommonErrors.PRODUCT_NOT_FOUND,
                        "catalogue '" + catalog + "' has no product with this id");
            }
            PlanResult result =
                    services.index()
                            .post(
                                    context,
                                    plan(id, filter, limit, fields, context),
                                    PlanResult.class,
                                    "/internal/v1/catalogs/{catalog}/execute",
                                    catalog);
            String reason =
                    result.hits().isEmpty()
                            ? "No product is near enough, or this one has no vector yet"
                            : "Nearest by vector; the recommender did not answer or does not know"
                                    + " the product yet";
            List<Item> items =
                    result.hits().stream()
                            .map(hit ->
                                    new Item(hit.id(), hit.score(), METHOD, reason, hit.fields()))
                            .toList();
            return new Answer(items, METHOD, reason);
        } catch (DependencyException missing) {
            partial.add(services.index().name());
            return Answer.nothing("none", "Neither the recommender nor the index did answer");
        }
    }

    // NullAway does not find "byte @Nullable []" on a record constructor read from a class file.
    @SuppressWarnings("NullAway")
    private SearchPlan plan(
            String id,
            @Nullable Filter filter,
            @Nullable Integer limit,
            @Nullable List<String> fields,
            RequestContext context) {
        return new SearchPlan(
                null,
                null,
                null,
                id,
                null,
                filter,
                List.of(),
                List.of(),
                0,
                limit == null ? SimilarRequest.DEFAULT_LIMIT : limit,
                fields,
                false,
                false,
                // The score is the cosine itself.
                new ScoringHead(METHOD, 1, 0, 0, 1, floor, 0),
                new PlanLimits(
                        MAX_CANDIDATES,
                        Math.clamp(
                                context.deadline().share(0.9).remaining().toMillis(),
                                1,
                                Integer.MAX_VALUE)));
    }

    /** Reads a filter as it is sent; null for none. */
    static @Nullable Filter filter(@Nullable JsonNode filter) {
        return filter == null
                        || filter.isNull()
                        || (filter.isString() && filter.stringValue().isBlank())
                ? null
                : FilterParser.parse(filter);
    }
}
