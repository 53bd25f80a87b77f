package dev.vitrine.recommender.recommend;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.index.FilterParser;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.recommendation.SimilarRequest;
import dev.vitrine.recommender.catalog.DocumentFilter;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what all requests have. */
final class RequestValues {
    private RequestValues() {}

    static int limit(@Nullable Integer wanted) {
        int limit = wanted == null ? SimilarRequest.DEFAULT_LIMIT : wanted;
        if (limit < 1 || limit > SimilarRequest.MAX_LIMIT) {
            throw invalid("/limit", "must be 1 to " + SimilarRequest.MAX_LIMIT);
        }
        return limit;
    }

    static @Nullable DocumentFilter filter(CatalogSchema schema, @Nullable JsonNode filter) {
        return filter == null
                        || filter.isNull()
                        || (filter.isString() && filter.stringValue().isBlank())
                ? null
                : DocumentFilter.of(schema, FilterParser.parse(filter));
    }

    static ProblemException invalid(String pointer, String message) {
        return new ProblemException(CommonErrors.INVALID_REQUEST, pointer + ": " + message)
                .withErrors(List.of(new FieldError(pointer, message)));
    }
}
