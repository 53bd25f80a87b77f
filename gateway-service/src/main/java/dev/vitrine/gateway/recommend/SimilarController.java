package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.recommendation.SimilarRequest;
import dev.vitrine.contracts.recommendation.SimilarResponse;
import dev.vitrine.gateway.event.ServedLog;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/catalogs/{catalog}/products/{id}/similar}. */
@RestController
final class SimilarController {

    private final RecommendationFinder recommendations;
    private final ServedLog served;

    SimilarController(RecommendationFinder recommendations, ServedLog served) {
        this.recommendations = recommendations;
        this.served = served;
    }

    @PostMapping("/v1/catalogs/{catalog}/products/{id}/similar")
    @Operation(summary = "Products like one product", tags = "recommendations")
    SimilarResponse similar(
            @PathVariable String catalog,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable SimilarRequest body,
            RequestContext context) {
        SimilarRequest request = body == null ? new SimilarRequest(null, null, null) : body;
        checkLimit(request.limit());
        String name = context.catalog(catalog).catalog();
        SimilarResponse response = recommendations.similar(name, id, request, context);
        served.recommended(
                context.tenant(),
                name,
                "similar",
                response.recommendationId(),
                null,
                null,
                response.items().stream().map(SimilarResponse.Item::id).toList());
        return response;
    }

    /** Refuses a limit that is out of range before anybody is asked. */
    static void checkLimit(@Nullable Integer limit) {
        if (limit != null && (limit < 1 || limit > SimilarRequest.MAX_LIMIT)) {
            String message = "must be 1 to " + SimilarRequest.MAX_LIMIT;
            throw new ProblemException(CommonErrors.INVALID_REQUEST, "/limit: " + message)
                    .withErrors(List.of(new FieldError("/limit", message)));
        }
    }
}
