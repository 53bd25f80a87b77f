package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.ProductLookupResult.FoundProduct;
import dev.vitrine.contracts.recommendation.RecommendationRequest;
import dev.vitrine.contracts.recommendation.RecommendationResponse;
import dev.vitrine.contracts.recommendation.RecommendationResponse.Item;
import dev.vitrine.contracts.recommendation.Recommendations;
import dev.vitrine.contracts.recommendation.SimilarRequest;
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

/**
 * The recommender picks, the shard gives the fields. Without the recommender the index answers
 * {@code similar}; the other scenarios are empty and say why. Thread-safe.
 */
final class RecommendationFinder {
    private static final Logger log = LoggerFactory.getLogger(RecommendationFinder.class);
    private static final String SIMILAR = "similar";
    private static final String NO_STEP = "none";

    private final Services services;
    private final ProductFields productFields;
    private final SimilarFinder similar;
    private final SimilarProperties settings;
    private final Supplier<String> ids;
    private final Clock clock;

    RecommendationFinder(
            Services services,
            SimilarFinder similar,
            SimilarProperties settings,
            Supplier<String> ids,
            Clock clock) {
        this.services = services;
        this.productFields = new ProductFields(services);
        this.similar = similar;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    private record Answer(List<Item> items, String step, String reason) {}

    RecommendationResponse find(
            String catalog,
            String scenario,
            RecommendationRequest request,
            RequestContext outside) {
        long start = clock.millis();
        RequestContext context = outside.until(Deadline.in(settings.timeout(), clock));
        Filter filter = SimilarFinder.filter(request.filter());
        List<String> partial = new ArrayList<>();
        Answer answer = recommended(catalog, scenario, request, context, partial);
        if (answer == null) {
            answer = withoutRecommender(catalog, scenario, filter, request, context, partial);
        }
        return new RecommendationResponse(
                ids.get(),
                answer.items(),
                answer.step(),
                answer.reason(),
                clock.millis() - start,
                partial);
    }

    /** Null when the recommender does not answer. */
    private @Nullable Answer recommended(
            String catalog,
            String scenario,
            RecommendationRequest request,
            RequestContext context,
            List<String> partial) {
        Recommendations picked;
        try {
            picked =
                    services.recommender()
                            .post(
                                    context.until(
                                            context.deadline().share(settings.recommenderShare())),
                                    request,
                                    Recommendations.class,
                                    "/v1/catalogs/{catalog}/recommendations/{scenario}",
                                    catalog,
                                    scenario);
        } catch (DependencyException missing) {
            log.debug("the recommender does not answer", missing);
            partial.add(services.recommender().name());
            return null;
        }
        List<String> wanted = picked.items().stream().map(Recommendations.Item::id).toList();
        Map<String, FoundProduct> found = Map.of();
        String reason = picked.reason();
        if (!wanted.isEmpty()) {
            try {
                found = productFields.find(catalog, wanted, request.fields(), context);
            } catch (DependencyException missing) {
                partial.add(services.index().name());
                reason = "The index, which has the fields, did not answer";
            }
        }
        List<Item> items = new ArrayList<>();
        for (Recommendations.Item item : picked.items()) {
            FoundProduct product = found.get(item.id());
            if (product != null) {
                items.add(
                        new Item(
                                item.id(),
                                item.score(),
                                item.step(),
                                item.reason(),
                                product.fields()));
            }
        }
        return new Answer(items, picked.step(), reason);
    }

    private Answer withoutRecommender(
            String catalog,
            String scenario,
            @Nullable Filter filter,
            RecommendationRequest request,
            RequestContext context,
            List<String> partial) {
        List<String> products = request.products() == null ? List.of() : request.products();
        if (!scenario.equals(SIMILAR) || products.isEmpty()) {
            return new Answer(List.of(), NO_STEP, "The recommender did not answer");
        }
        try {
            SimilarFinder.Answer near =
                    similar.byVector(
                            catalog,
                            products.getLast(),
                            filter,
                            new SimilarRequest(request.filter(), request.limit(), request.fields()),
                            context,
                            partial);
            List<Item> items =
                    near.items().stream()
                            .map(item ->
                                    new Item(
                                            item.id(),
                                            item.score(),
                                            near.method(),
                                            near.reason(),
                                            item.fields()))
                            .toList();
            return new Answer(items, items.isEmpty() ? NO_STEP : near.method(), near.reason());
        } catch (ProblemException problem) {
            if (problem.code().equals(CommonErrors.PRODUCT_NOT_FOUND)) {
                return new Answer(
                        List.of(),
                        NO_STEP,
                        "The recommender did not answer, and the index does not know the product");
            }
            throw problem;
        }
    }
}
