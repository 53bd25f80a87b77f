package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.recommendation.RecommendationRequest;
import dev.vitrine.contracts.recommendation.RecommendationResponse;
import dev.vitrine.contracts.recommendation.Recommendations;
import dev.vitrine.contracts.recommendation.SimilarProducts;
import dev.vitrine.contracts.recommendation.SimilarRequest;
import dev.vitrine.contracts.recommendation.SimilarResponse;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recommender picks, the shard gives the fields. Without the recommender the index answers what
 * is similar, the nearest by vector; the other scenarios are empty and say why. Thread-safe.
 */
final class RecommendationFinder {

    private static final String SIMILAR = "similar";
    private static final String NO_STEP = "none";

    private final RecommenderPicks picks;
    private final NearestByVector nearest;
    private final Duration timeout;
    private final Supplier<String> ids;
    private final Clock clock;

    RecommendationFinder(
            RecommenderPicks picks,
            NearestByVector nearest,
            Duration timeout,
            Supplier<String> ids,
            Clock clock) {
        this.picks = picks;
        this.nearest = nearest;
        this.timeout = timeout;
        this.ids = ids;
        this.clock = clock;
    }

    /** Products for a scenario. */
    RecommendationResponse find(
            String catalog,
            String scenario,
            RecommendationRequest request,
            RequestContext outside) {
        long start = clock.millis();
        RequestContext context = outside.until(Deadline.in(timeout, clock));
        Filter filter = NearestByVector.filter(request.filter());
        List<String> partial = new ArrayList<>();
        Answer answer =
                picks.ask(
                                request,
                                Recommendations.class,
                                context,
                                partial,
                                "/v1/catalogs/{catalog}/recommendations/{scenario}",
                                catalog,
                                scenario)
                        .map(found ->
                                picks.join(catalog, found, request.fields(), context, partial))
                        .orElseGet(() ->
                                withoutRecommender(
                                        catalog, scenario, filter, request, context, partial));
        return new RecommendationResponse(
                ids.get(),
                answer.items(),
                answer.step(),
                answer.reason(),
                clock.millis() - start,
                partial);
    }

    /**
     * Products like one.
     *
     * @throws ProblemException with PRODUCT_NOT_FOUND when the index does not know the product
     */
    SimilarResponse similar(
            String catalog, String id, SimilarRequest request, RequestContext outside) {
        long start = clock.millis();
        RequestContext context = outside.until(Deadline.in(timeout, clock));
        Filter filter = NearestByVector.filter(request.filter());
        List<String> partial = new ArrayList<>();
        Answer answer =
                picked(catalog, id, request, context, partial)
                        .map(found ->
                                picks.join(catalog, found, request.fields(), context, partial))
                        .orElseGet(() ->
                                nearest.find(
                                        catalog,
                                        id,
                                        filter,
                                        request.limit(),
                                        request.fields(),
                                        context,
                                        partial));
        return new SimilarResponse(
                ids.get(),
                answer.items().stream()
                        .map(item ->
                                new SimilarResponse.Item(item.id(), item.score(), item.fields()))
                        .toList(),
                answer.step(),
                answer.reason(),
                clock.millis() - start,
                partial);
    }

    /** Empty, too, for a product that the recommender does not know yet. */
    private Optional<Recommendations> picked(
            String catalog,
            String id,
            SimilarRequest request,
            RequestContext context,
            List<String> partial) {
        try {
            return picks.ask(
                            new SimilarRequest(request.filter(), request.limit(), null),
                            SimilarProducts.class,
                            context,
                            partial,
                            "/v1/catalogs/{catalog}/products/{id}/similar",
                            catalog,
                            id)
                    .map(RecommendationFinder::asRecommendations);
        } catch (ProblemException problem) {
            if (problem.code().status() == CommonErrors.PRODUCT_NOT_FOUND.status()) {
                // It follows the topics and may be behind: the shard decides what exists.
                return Optional.empty();
            }
            throw problem;
        }
    }

    private static Recommendations asRecommendations(SimilarProducts similar) {
        String method = similar.method();
        String reason = similar.reason();
        return new Recommendations(
                similar.items().stream()
                        .map(item ->
                                new Recommendations.Item(item.id(), item.score(), method, reason))
                        .toList(),
                method,
                reason);
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
            return Answer.nothing(NO_STEP, "The recommender did not answer");
        }
        try {
            Answer near =
                    nearest.find(
                            catalog,
                            products.getLast(),
                            filter,
                            request.limit(),
                            request.fields(),
                            context,
                            partial);
            return near.items().isEmpty() ? Answer.nothing(NO_STEP, near.reason()) : near;
        } catch (ProblemException problem) {
            if (problem.code().equals(CommonErrors.PRODUCT_NOT_FOUND)) {
                return Answer.nothing(
                        NO_STEP,
                        "The recommender did not answer, and the index does not know the product");
            }
            throw problem;
        }
    }
}
