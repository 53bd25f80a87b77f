package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.recommendation.RecommendationRequest;
import dev.vitrine.contracts.recommendation.RecommendationResponse;
import dev.vitrine.gateway.event.ServedLog;
import dev.vitrine.servicekit.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/catalogs/{catalog}/recommendations/{scenario}}. */
@RestController
final class RecommendationController {
    private final RecommendationFinder recommendations;

    private final ServedLog served;

    RecommendationController(RecommendationFinder recommendations, ServedLog served) {
        this.recommendations = recommendations;
        this.served = served;
    }

    @PostMapping("/v1/catalogs/{catalog}/recommendations/{scenario}")
    @Operation(
            summary =
                    "Products for a scenario: similar, bought-together, next-in-session, trending",
            tags = "recommendations")
    RecommendationResponse recommend(
            @PathVariable String catalog,
            @PathVariable String scenario,
            @RequestBody(required = false) @Nullable RecommendationRequest body,
            RequestContext context) {
        RecommendationRequest request = body == null ? RecommendationRequest.NOTHING : body;
        SimilarController.checkLimit(request.limit());
        String name = context.catalog(catalog).catalog();
        RecommendationResponse response = recommendations.find(name, scenario, request, context);
        served.recommended(
                context.tenant(),
                name,
                scenario,
                response.recommendationId(),
                request.visitorId(),
                request.sessionId(),
                response.items().stream().map(RecommendationResponse.Item::id).toList());
        return response;
    }
}
