package dev.vitrine.retrieval.plan;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.index.MinimumMatch;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.TextQuery;
import dev.vitrine.contracts.retrieval.SearchMode;
import dev.vitrine.contracts.retrieval.SearchRequest;
import dev.vitrine.retrieval.query.Query;
import dev.vitrine.retrieval.query.QueryVector;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import org.jspecify.annotations.Nullable;

/** Writes the plan that one shard executes in one call. Stateless. */
public final class SearchPlanner {

    private final PlanProperties settings;
    private final HeadProperties head;

    public SearchPlanner(PlanProperties settings, HeadProperties head) {
        this.settings = settings;
        this.head = head;
    }

    /**
     * Fills in defaults and checks every part against the schema.
     *
     * @throws ProblemException with one error for each fault
     */
    public CheckedSearch check(SearchRequest request, Query query, CatalogSchema schema) {
        return new SearchChecker(request, schema).check(query);
    }

    /**
     * The plan of a checked search.
     *
     * @param vector the query's vector; null when it is not wanted or not to be had, then the text
     *     leg works alone
     * @param deadline when the caller stops waiting
     */
    // NullAway does not find "byte @Nullable []" on a record constructor read from a class file.
    @SuppressWarnings("NullAway")
    public SearchPlan plan(CheckedSearch search, @Nullable QueryVector vector, Deadline deadline) {
        boolean semanticOnly = search.mode() == SearchMode.SEMANTIC;
        Query query = search.query();
        return new SearchPlan(
                query.browse() || semanticOnly ? null : new TextQuery(query.text(), minimumMatch()),
                vector == null ? null : vector.bytes(),
                vector == null ? null : vector.model(),
                null,
                query.identifier(),
                search.filter(),
                search.facets(),
                search.sort(),
                search.offset(),
                search.limit(),
                search.fields(),
                search.highlight(),
                search.explain(),
                semanticOnly ? head.semanticOnly() : head.head(),
                limits(deadline));
    }

    private MinimumMatch minimumMatch() {
        return new MinimumMatch(settings.matchAllUpTo(), settings.matchFraction());
    }

    private PlanLimits limits(Deadline deadline) {
        long millis = deadline.share(settings.executionShare()).remaining().toMillis();
        return new PlanLimits(settings.maxCandidates(), Math.clamp(millis, 1, Integer.MAX_VALUE));
    }
}
