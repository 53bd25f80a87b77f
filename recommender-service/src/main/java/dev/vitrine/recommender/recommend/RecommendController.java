package dev.vitrine.recommender.recommend;

import dev.vitrine.contracts.recommendation.RecommendationRequest;
import dev.vitrine.contracts.recommendation.Recommendations;
import dev.vitrine.contracts.recommendation.SimilarProducts;
import dev.vitrine.contracts.recommendation.SimilarRequest;
import dev.vitrine.servicekit.RequestContext;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class RecommendController {

    private static final SimilarRequest DEFAULTS = new SimilarRequest(null, null, null);

    private final SimilarRecommender similar;
    private final Recommender recommender;

    RecommendController(SimilarRecommender similar, Recommender recommender) {
        this.similar = similar;
        this.recommender = recommender;
    }

    @PostMapping("/v1/catalogs/{catalog}/products/{id}/similar")
    SimilarProducts similar(
            @PathVariable String catalog,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable SimilarRequest request,
            RequestContext context) {
        return similar.similar(
                context.catalog(catalog),
                id,
                request == null ? DEFAULTS : request,
                context.deadline());
    }

    @PostMapping("/v1/catalogs/{catalog}/recommendations/{scenario}")
    Recommendations recommend(
            @PathVariable String catalog,
            @PathVariable String scenario,
            @RequestBody(required = false) @Nullable RecommendationRequest request,
            RequestContext context) {
        return recommender.recommend(
                context.catalog(catalog),
                scenario,
                request == null ? RecommendationRequest.NOTHING : request,
                context.deadline());
    }
}
