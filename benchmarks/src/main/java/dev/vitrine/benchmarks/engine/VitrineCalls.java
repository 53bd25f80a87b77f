package dev.vitrine.benchmarks.engine;

import dev.vitrine.benchmarks.catalog.Question;
import dev.vitrine.benchmarks.load.HttpCall;
import dev.vitrine.contracts.index.FacetRequest;
import dev.vitrine.contracts.index.MinimumMatch;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.TextQuery;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.servicekit.WireJson;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Vitrine's requests, as users send them and, for the shard alone, as retrieval-service does. */
final class VitrineCalls {

    static final String CATALOG = "/v1/catalogs/electronics";
    private static final String EXECUTE = "/internal/v1/catalogs/electronics/execute";
    private static final int RANKING_TIMEOUT_MILLIS = 20_000;
    private static final List<String> FACETS = List.of("supplier", "category");

    // The shard alone is asked with retrieval-service's defaults (retrieval.plan and .head).
    private static final ScoringHead HEAD =
            new ScoringHead("fixed-logistic-1", 1, -4, 3.5, 4.4, 0.5, 0);
    private static final MinimumMatch MINIMUM_MATCH = new MinimumMatch(2, 0.75);
    private static final PlanLimits LIMITS = new PlanLimits(200_000, 2_000);

    private VitrineCalls() {}

    static HttpCall search(URI address, Workload workload, Question question) {
        if (workload == Workload.SIMILAR) {
            String path = CATALOG + "/products/" + question.productId() + "/similar";
            return HttpCall.json("POST", address, path, "{\"limit\":" + Page.SIZE + "}");
        }
        ObjectNode request = WireJson.mapper().createObjectNode();
        request.put("mode", workload == Workload.LEXICAL_FACETS ? "lexical" : "hybrid");
        if (workload != Workload.BROWSE) {
            request.put("q", question.text());
        }
        if (workload == Workload.BROWSE || workload == Workload.FILTERED) {
            request.put("filter", equal("supplier", question.supplier()));
        }
        FACETS.forEach(request.putArray("facets")::add);
        request.put("limit", Page.SIZE);
        Page.FIELDS.forEach(request.putArray("fields")::add);
        return HttpCall.json("POST", address, CATALOG + "/search", request.toString());
    }

    static HttpCall findPrice(URI address, String name, double price) {
        ObjectNode request = WireJson.mapper().createObjectNode();
        request.put("filter", equal("name", name) + " AND price = " + price);
        request.put("limit", 1);
        return HttpCall.json("POST", address, CATALOG + "/search", request.toString());
    }

    private static String equal(String field, String value) {
        return field + " = \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static HttpCall ranking(URI address, String query, boolean hybrid, int depth) {
        ObjectNode request = WireJson.mapper().createObjectNode();
        request.put("q", query);
        request.put("mode", hybrid ? "hybrid" : "lexical");
        request.put("limit", depth);
        // Quality is measured, not patience.
        request.put("timeoutMs", RANKING_TIMEOUT_MILLIS);
        request.putArray("fields").add("title");
        return HttpCall.json("POST", address, CATALOG + "/search", request.toString());
    }

    /** The plan of a lexical search, or of a hybrid one with its vector. */
    @SuppressWarnings("NullAway") // "byte @Nullable []" of a record in a class file is not seen
    static HttpCall execute(URI address, Question question, float[] vector, String model) {
        boolean lexical = vector.length == 0;
        SearchPlan plan =
                new SearchPlan(
                        new TextQuery(question.text(), MINIMUM_MATCH),
                        lexical ? null : VectorBytes.encode(vector),
                        lexical ? null : model,
                        null,
                        null,
                        null,
                        FACETS.stream().map(FacetRequest::of).toList(),
                        List.of(),
                        0,
                        Page.SIZE,
                        Page.FIELDS,
                        false,
                        false,
                        HEAD,
                        LIMITS);
        return HttpCall.of("POST", address, EXECUTE, "application/json", WireJson.write(plan));
    }
}
