package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.FilterParser;
import dev.vitrine.contracts.index.PlanHit;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.ProductLookupResult.FoundProduct;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.recommendation.SimilarProducts;
import dev.vitrine.contracts.recommendation.SimilarRequest;
import dev.vitrine.contracts.recommendation.SimilarResponse;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The recommender picks, the shard gives the fields. Without the recommender, or for a product that
 * it does not know yet, the index finds the nearest by vector; without either the list is empty and
 * says why. Thread-safe.
 */
final class SimilarFinder {

    private static final Logger log = LoggerFactory.getLogger(SimilarFinder.class);
    private static final String INDEX_METHOD = "index-vector-1";
    private static final int MAX_CANDIDATES = 100_000;

    private final Services services;
    private final ProductFields productFields;
    private final SimilarProperties settings;
    private final Supplier<String> ids;
    private final Clock clock;

    SimilarFinder(
            Services services, SimilarProperties settings, Supplier<String> ids, Clock clock) {
        this.services = services;
        this.productFields = new ProductFields(services);
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** One search for similar products, step by step. */
    SimilarResponse find(
            String catalog, String id, SimilarRequest request, RequestContext outside) {
        long start = clock.millis();
        RequestContext context = outside.until(Deadline.in(settings.timeout(), clock));
        Filter filter = filter(request.filter());
        List<String> partial = new ArrayList<>();
        Answer answer = recommended(catalog, id, request, context, partial);
        if (answer == null) {
            answer = byVector(catalog, id, filter, request, context, partial);
        }
        return new SimilarResponse(
                ids.get(),
                answer.items(),
                answer.method(),
                answer.reason(),
                clock.millis() - start,
                partial);
    }

    record Answer(List<SimilarResponse.Item> items, String method, String reason) {}

    /** Null when the index has to stand in. */
    private @Nullable Answer recommended(
            String catalog,
            String id,
            SimilarRequest request,
            RequestContext context,
            List<String> partial) {
        SimilarProducts picked;
        try {
            picked =
                    services.recommender()
                            .post(
                                    context.until(
                                            context.deadline().share(settings.recommenderShare())),
                                    new SimilarRequest(request.filter(), request.limit(), null),
                                    SimilarProducts.class,
                                    "/v1/catalogs/{catalog}/products/{id}/similar",
                                    catalog,
                                    id);
        } catch (DependencyException missing) {
            log.debug("the index stands in for the recommender", missing);
            partial.add(services.recommender().name());
            return null;
        } catch (ProblemException problem) {
            if (problem.code().status() == CommonErrors.PRODUCT_NOT_FOUND.status()) {
                // It follows the topics and may be behind: the shard decides what exists.
                return null;
            }
            throw problem;
        }
        return join(catalog, picked, request.fields(), context, partial);
    }

    private Answer join(
            String catalog,
            SimilarProducts picked,
            @Nullable List<String> fields,
            RequestContext context,
            List<String> partial) {
        if (picked.items().isEmpty()) {
            return new Answer(List.of(), picked.method(), picked.reason());
        }
        List<String> wanted = picked.items().stream().map(SimilarProducts.Item::id).toList();
        Map<String, FoundProduct> found;
        try {
            found = productFields.find(catalog, wanted, fields, context);
        } catch (DependencyException missing) {
            partial.add(services.index().name());
            return new Answer(
                    List.of(), picked.method(), "The index, which has the fields, did not answer");
        }
        // What the shard no longer has was deleted a moment ago.
        List<SimilarResponse.Item> items = new ArrayList<>();
        for (SimilarProducts.Item item : picked.items()) {
            FoundProduct product = found.get(item.id());
            if (product != null) {
                items.add(new SimilarResponse.Item(item.id(), item.score(), product.fields()));
            }
        }
        return new Answer(items, picked.method(), picked.reason());
    }

    /**
     * The nearest by the index alone.
     *
     * @throws ProblemException with PRODUCT_NOT_FOUND when the index does not know the product
     */
    Answer byVector(
            String catalog,
            String id,
            @Nullable Filter filter,
            SimilarRequest request,
            RequestContext context,
            List<String> partial) {
        try {
            requireProduct(catalog, id, context);
            PlanResult result =
                    services.index()
                            .post(
                                    context,
                                    plan(id, filter, request, context),
                                    PlanResult.class,
                                    "/internal/v1/catalogs/{catalog}/execute",
                                    catalog);
            List<SimilarResponse.Item> items = result.hits().stream().map(this::item).toList();
            String reason =
                    items.isEmpty()
                            ? "No product is near enough, or this one has no vector yet"
                            : "Nearest by vector; the recommender did not answer or does not know"
                                    + " the product yet";
            return new Answer(items, INDEX_METHOD, reason);
        } catch (DependencyException missing) {
            partial.add(services.index().name());
            return new Answer(
                    List.of(), "none", "Neither the recommender nor the index did answer");
        }
    }

    private void requireProduct(String catalog, String id, RequestContext context) {
        if (productFields.find(catalog, List.of(id), List.of(), context).isEmpty()) {
            throw new ProblemException(
                    CommonErrors.PRODUCT_NOT_FOUND,
                    "catalogue '" + catalog + "' has no product with this id");
        }
    }

    private SimilarResponse.Item item(PlanHit hit) {
        return new SimilarResponse.Item(hit.id(), hit.score(), hit.fields());
    }

    // NullAway does not find "byte @Nullable []" on a record constructor read from a class file.
    @SuppressWarnings("NullAway")
    private SearchPlan plan(
            String id, @Nullable Filter filter, SimilarRequest request, RequestContext context) {
        int limit = request.limit() == null ? SimilarRequest.DEFAULT_LIMIT : request.limit();
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
                limit,
                request.fields(),
                false,
                false,
                // The score is the cosine itself.
                new ScoringHead(INDEX_METHOD, 1, 0, 0, 1, settings.floor(), 0),
                new PlanLimits(
                        MAX_CANDIDATES,
                        Math.clamp(
                                context.deadline().share(0.9).remaining().toMillis(),
                                1,
                                Integer.MAX_VALUE)));
    }

    static @Nullable Filter filter(@Nullable JsonNode filter) {
        return filter == null
                        || filter.isNull()
                        || (filter.isString() && filter.stringValue().isBlank())
                ? null
                : FilterParser.parse(filter);
    }
}
