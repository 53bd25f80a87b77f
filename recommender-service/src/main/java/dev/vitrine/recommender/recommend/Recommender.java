package dev.vitrine.recommender.recommend;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.recommendation.RecommendationRequest;
import dev.vitrine.contracts.recommendation.Recommendations;
import dev.vitrine.contracts.recommendation.Recommendations.Item;
import dev.vitrine.recommender.algorithm.similar.SimilarSearch;
import dev.vitrine.recommender.catalog.CatalogReader;
import dev.vitrine.recommender.catalog.CatalogState;
import dev.vitrine.recommender.catalog.CatalogView;
import dev.vitrine.recommender.catalog.DocumentFilter;
import dev.vitrine.recommender.interaction.InteractionState;
import dev.vitrine.recommender.training.ModelKeeper;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes down a scenario's chain until enough products are found: always an answer as long as the
 * catalogue has a product that can be offered. Thread-safe.
 */
final class Recommender {
    private final CatalogDirectory directory;
    private final CatalogState state;
    private final CatalogReader reader;
    private final InteractionState interactions;
    private final ModelKeeper models;
    private final SimilarSearch search;

    Recommender(
            CatalogDirectory directory,
            CatalogState state,
            CatalogReader reader,
            InteractionState interactions,
            ModelKeeper models,
            SimilarSearch search) {
        this.directory = directory;
        this.state = state;
        this.reader = reader;
        this.interactions = interactions;
        this.models = models;
        this.search = search;
    }

    Recommendations recommend(
            CatalogRef catalog, String name, RecommendationRequest request, Deadline deadline) {
        CatalogSchema schema = directory.require(catalog).schema();
        Scenario scenario = Scenario.of(name);
        int limit = RequestValues.limit(request.limit());
        if (request.exclude() != null
                && request.exclude().size() > RecommendationRequest.MAX_EXCLUDED) {
            throw RequestValues.invalid(
                    "/exclude",
                    "must have at most " + RecommendationRequest.MAX_EXCLUDED + " products");
        }
        DocumentFilter filter = RequestValues.filter(schema, request.filter());
        Optional<CatalogView> view = state.view(catalog);
        if (view.isEmpty()) {
            return empty();
        }
        Situation situation = Situation.of(scenario, request, visit(catalog, request));
        Shelf shelf = new Shelf(view.get(), schema, filter, situation.hidden());
        StepRunner runner =
                new StepRunner(models.models(catalog), search, shelf, situation.items(), deadline);
        List<Item> items = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Map<Step, Integer> given = new LinkedHashMap<>();
        for (Step step : scenario.steps()) {
            if (items.size() < limit) {
                List<Item> more = runner.run(step, limit - items.size(), id -> !taken.contains(id));
                more.forEach(item -> taken.add(item.id()));
                items.addAll(more);
                if (!more.isEmpty()) {
                    given.put(step, more.size());
                }
            }
        }
        if (!given.isEmpty()) {
            return new Recommendations(
                    items,
                    given.keySet().iterator().next().wireName(),
                    Reasons.of(scenario, situation, view.get(), given));
        }
        if (deadline.expired()) {
            throw new ProblemException(
                    CommonErrors.TIMEOUT, "the deadline came before a product was found");
        }
        return empty();
    }

    /** What the events tell of the visit. */
    private List<String> visit(CatalogRef catalog, RecommendationRequest request) {
        if (request.sessionId() == null && request.visitorId() == null) {
            return List.of();
        }
        return directory.names(catalog).stream()
                .flatMap(name -> interactions.catalog(name).stream())
                .flatMap(kept -> kept.visit(request.visitorId(), request.sessionId()).stream())
                .toList();
    }

    private Recommendations empty() {
        if (!reader.ready()) {
            throw new ProblemException(CommonErrors.UNAVAILABLE, "products are still being loaded")
                    .withRetryAfter(Duration.ofSeconds(1));
        }
        return new Recommendations(
                List.of(), "none", "No other product of the catalogue can be offered.");
    }
}
