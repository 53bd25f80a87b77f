package dev.vitrine.retrieval.search;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.retrieval.SearchMode;
import dev.vitrine.contracts.retrieval.SearchRequest;
import dev.vitrine.retrieval.plan.CheckedSearch;
import dev.vitrine.retrieval.plan.SearchPlanner;
import dev.vitrine.retrieval.query.Query;
import dev.vitrine.retrieval.query.QueryEmbedder;
import dev.vitrine.retrieval.query.QueryUnderstanding;
import dev.vitrine.retrieval.query.QueryVector;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The whole way of a search through this service. Thread-safe; one call is one search. */
final class SearchPipeline {

    private final CatalogDirectory catalogs;
    private final QueryUnderstanding understanding;
    private final QueryEmbedder embedder;
    private final SearchPlanner planner;
    private final Shard shard;
    private final Supplier<String> queryIds;
    private final Clock clock;

    SearchPipeline(
            CatalogDirectory catalogs,
            QueryUnderstanding understanding,
            QueryEmbedder embedder,
            SearchPlanner planner,
            Shard shard,
            Supplier<String> queryIds,
            Clock clock) {
        this.catalogs = catalogs;
        this.understanding = understanding;
        this.embedder = embedder;
        this.planner = planner;
        this.shard = shard;
        this.queryIds = queryIds;
        this.clock = clock;
    }

    /**
     * Understand, check, embed, plan, execute, answer. Checking comes before the first call, so a
     * wrong request costs nobody else anything.
     *
     * @throws ProblemException when the request is wrong or a part that it needs is missing
     */
    Answer search(CatalogRef catalog, SearchRequest request, RequestContext context) {
        long start = clock.millis();
        Query query = understanding.understand(request.q());
        CheckedSearch search = planner.check(request, query, catalogs.require(catalog).schema());
        RequestContext limited = limit(context, request.timeoutMs());

        QueryVector vector = null;
        if (search.wantsVector()) {
            vector = embedder.embed(query.text(), limited).orElse(null);
        }
        List<String> partial = partial(search, vector);

        SearchPlan plan = planner.plan(search, vector, limited.deadline());
        ShardAnswer answer = shard.execute(catalog.catalog(), plan, limited);

        return new Answer(
                answer.response(queryIds.get(), search.explain(), clock.millis() - start, partial),
                partial);
    }

    /** The missing parts; a search by meaning alone has nothing left without its vector. */
    private List<String> partial(CheckedSearch search, @Nullable QueryVector vector) {
        if (!search.wantsVector() || vector != null) {
            return List.of();
        }
        if (search.mode() == SearchMode.SEMANTIC) {
            throw new ProblemException(
                            SearchErrors.EMBEDDING_UNAVAILABLE,
                            "mode semantic needs the query's vector; mode hybrid would answer by"
                                    + " text alone")
                    .withRetryAfter(Duration.ofSeconds(1));
        }
        return List.of(embedder.source());
    }

    private static RequestContext limit(RequestContext context, @Nullable Integer timeoutMillis) {
        return timeoutMillis == null
                ? context
                : context.until(context.deadline().atMost(Duration.ofMillis(timeoutMillis)));
    }
}
