package dev.vitrine.contracts.retrieval;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.contracts.index.Cutoff;
import dev.vitrine.contracts.index.FacetResult;
import dev.vitrine.contracts.index.PlanHit;
import dev.vitrine.contracts.index.QueryStatistics;
import dev.vitrine.contracts.index.TotalRelation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a search. Facets, total, sort and pages are all over the kept set.
 *
 * @param queryId 32 lower-case hex digits; clicks refer to it
 * @param hits one page
 * @param total products in the kept set
 * @param totalRelation whether the total is exact
 * @param facets counts by field
 * @param cutoff the rule that made the kept set
 * @param statistics what the query met in the index; only with {@code explain}
 * @param generation index generation that answered; pages of one generation fit together
 * @param tookMs time in retrieval-service, milliseconds
 * @param partial names of the parts that were missing; empty when the answer is complete
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SearchResponse(
        String queryId,
        List<PlanHit> hits,
        int total,
        TotalRelation totalRelation,
        Map<String, FacetResult> facets,
        Cutoff cutoff,
        @Nullable QueryStatistics statistics,
        long generation,
        long tookMs,
        List<String> partial) {}
