package dev.vitrine.gateway.search;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.problem.Problem;
import dev.vitrine.gateway.alias.CatalogNames;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemAdvice;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Several searches at once; one that fails leaves the others alone. Thread-safe. */
final class MultiSearch {

    /**
     * What one of the searches came to.
     *
     * @param response the answer, or null
     * @param problem why there is none, or null
     */
    record Outcome(@Nullable JsonNode response, @Nullable Problem problem) {}

    /**
     * All outcomes in the order of the searches.
     *
     * @param results one for each search
     */
    record Outcomes(List<Outcome> results) {}

    private final Searcher searcher;
    private final CatalogNames names;
    private final int most;

    MultiSearch(Searcher searcher, CatalogNames names, int most) {
        this.searcher = searcher;
        this.names = names;
        this.most = most;
    }

    /**
     * Runs {@code {"searches": [{"catalog": "...", ...}, ...]}}.
     *
     * @throws ProblemException when the list itself is wrong
     */
    Outcomes run(JsonNode body, RequestContext context) throws InterruptedException {
        JsonNode searches = body.path("searches");
        if (!searches.isArray() || searches.isEmpty() || searches.size() > most) {
            throw invalid("/searches", "expected a list of 1 to " + most + " searches");
        }
        for (int i = 0; i < searches.size(); i++) {
            if (!searches.get(i).path("catalog").isString()) {
                throw invalid("/searches/" + i + "/catalog", "expected the name of a catalogue");
            }
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> running = new ArrayList<>();
            for (JsonNode search : searches) {
                running.add(threads.submit(() -> one(search, context)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> outcome : running) {
                outcomes.add(outcome.get());
            }
            return new Outcomes(outcomes);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search of several failed", e.getCause());
        }
    }

    private Outcome one(JsonNode search, RequestContext context) {
        String catalog = names.resolve(context.tenant(), search.path("catalog").stringValue());
        ObjectNode request = search.deepCopy().asObject();
        request.remove("catalog");
        try {
            return new Outcome(searcher.search(catalog, request, context, JsonNode.class), null);
        } catch (ProblemException problem) {
            return new Outcome(
                    null,
                    ProblemAdvice.problem(
                            problem.code(), problem.detail(), problem.errors(), null));
        }
    }

    private static ProblemException invalid(String pointer, String message) {
        return new ProblemException(CommonErrors.INVALID_REQUEST, pointer + ": " + message)
                .withErrors(List.of(new FieldError(pointer, message)));
    }
}
