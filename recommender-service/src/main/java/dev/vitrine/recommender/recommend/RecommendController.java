package dev.vitrine.recommender.recommend;

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

    private final SimilarRecommender recommender;

    RecommendController(SimilarRecommender recommender) {
        this.recommender = recommender;
    }

    @PostMapping("/v1/catalogs/{catalog}/products/{id}/similar")
    SimilarProducts similar(
            @PathVariable String catalog,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable SimilarRequest request,
            RequestContext context) {
        return recommender.similar(
                context.catalog(catalog),
                id,
                request == null ? DEFAULTS : request,
                context.deadline());
    }
}
