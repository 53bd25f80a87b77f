package dev.vitrine.contracts.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search as retrieval-service understood it and as one shard executes it in one call. Without
 * text, vector, product and identifier it is a browse: everything inside the filter.
 *
 * @param text text leg, or null
 * @param vector query vector as little-endian float32 (base64 in JSON), or null
 * @param model id of the model that made {@code vector}, or null
 * @param likeProduct id of a product whose own vector is the query vector (itself left out), or
 *     null
 * @param identifier the whole query as a possible product code, or null
 * @param filter condition on every hit, or null
 * @param facets fields to count over the kept set
 * @param sort order; empty = by relevance, for a browse by ordinal
 * @param offset hits to skip, from 0
 * @param limit hits to return, 0 to 250
 * @param fields fields to return; null = all
 * @param highlight whether to mark matches in searchable text fields
 * @param explain whether hits tell how they got their score
 * @param head how scores become relevance
 * @param limits bounds
 */
@SuppressWarnings("ArrayRecordComponent") // a wire record, never compared
public record SearchPlan(
        @Nullable TextQuery text,
        byte @Nullable [] vector,
        @Nullable String model,
        @Nullable String likeProduct,
        @Nullable String identifier,
        @Nullable Filter filter,
        List<FacetRequest> facets,
        List<SortKey> sort,
        int offset,
        int limit,
        @Nullable List<String> fields,
        boolean highlight,
        boolean explain,
        ScoringHead head,
        PlanLimits limits) {

    public SearchPlan {
        facets = List.copyOf(facets);
        sort = List.copyOf(sort);
        fields = fields == null ? null : List.copyOf(fields);
        if (offset < 0 || limit < 0) {
            throw new IllegalArgumentException("offset and limit are not negative");
        }
    }
}
