package dev.vitrine.recommender.recommend;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.recommendation.SimilarProducts;
import dev.vitrine.contracts.recommendation.SimilarRequest;
import dev.vitrine.recommender.algorithm.similar.SimilarResult;
import dev.vitrine.recommender.algorithm.similar.SimilarSearch;
import dev.vitrine.recommender.catalog.CatalogProduct;
import dev.vitrine.recommender.catalog.CatalogReader;
import dev.vitrine.recommender.catalog.CatalogState;
import dev.vitrine.recommender.catalog.CatalogView;
import dev.vitrine.recommender.catalog.DocumentFilter;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Answers "what is like this product?" and says why when the answer is empty. */
final class SimilarRecommender {

    private static final String METHOD = "vector";
    private static final String NO_METHOD = "none";

    private final CatalogDirectory directory;
    private final CatalogState state;
    private final CatalogReader reader;
    private final SimilarSearch search;

    SimilarRecommender(
            CatalogDirectory directory,
            CatalogState state,
            CatalogReader reader,
            SimilarSearch search) {
        this.directory = directory;
        this.state = state;
        this.reader = reader;
        this.search = search;
    }

    SimilarProducts similar(
            CatalogRef catalog, String id, SimilarRequest request, Deadline deadline) {
        CatalogSchema schema = directory.require(catalog).schema();
        int limit = RequestValues.limit(request.limit());
        DocumentFilter filter = RequestValues.filter(schema, request.filter());

        Optional<CatalogView> view = state.view(catalog);
        CatalogProduct product =
                view.flatMap(present -> present.find(id)).orElseThrow(() -> unknown(id));
        if (!product.hasText()) {
            return none("The product has no text that could be compared.");
        }
        if (!view.get().comparable(product)) {
            return none("The product has no vector yet.");
        }
        SimilarResult result =
                search.find(
                        view.get(),
                        schema,
                        product,
                        near -> filter == null || filter.matches(near.document()),
                        limit,
                        deadline);
        return new SimilarProducts(result.items(), METHOD, reason(result));
    }

    private static String reason(SimilarResult result) {
        if (!result.complete()) {
            return "Nearest texts among the candidates that the limit allows to look at.";
        }
        return result.items().isEmpty()
                ? "No other product in stock fits."
                : "Nearest texts among the products in stock.";
    }

    private static SimilarProducts none(String reason) {
        return new SimilarProducts(List.of(), NO_METHOD, reason);
    }

    private ProblemException unknown(String id) {
        return reader.ready()
                ? new ProblemException(
                        CommonErrors.PRODUCT_NOT_FOUND, "product '" + id + "' does not exist")
                : new ProblemException(CommonErrors.UNAVAILABLE, "products are still being loaded")
                        .withRetryAfter(Duration.ofSeconds(1));
    }
}
