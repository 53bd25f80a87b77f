package dev.vitrine.retrieval.plan;

import dev.vitrine.contracts.index.FacetRequest;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.SortKey;
import dev.vitrine.contracts.retrieval.SearchMode;
import dev.vitrine.retrieval.query.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search request that makes sense in its catalogue: defaults filled in, every named field known.
 *
 * @param query what is searched for
 * @param mode legs asked for
 * @param filter condition on every hit, or null
 * @param facets fields to count
 * @param sort order; empty = by relevance
 * @param offset hits to skip
 * @param limit hits to return
 * @param fields fields to return; null = all
 * @param highlight whether to mark matches
 * @param explain whether hits tell why they are there
 */
public record CheckedSearch(
        Query query,
        SearchMode mode,
        @Nullable Filter filter,
        List<FacetRequest> facets,
        List<SortKey> sort,
        int offset,
        int limit,
        @Nullable List<String> fields,
        boolean highlight,
        boolean explain) {

    /** Whether a query vector would be of use. */
    public boolean wantsVector() {
        return !query.browse() && mode != SearchMode.LEXICAL;
    }
}
