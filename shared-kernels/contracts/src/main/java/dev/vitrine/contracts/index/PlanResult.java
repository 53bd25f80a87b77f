package dev.vitrine.contracts.index;

import java.util.List;
import java.util.Map;

/**
 * What one shard answers to a plan; all of it from one generation.
 *
 * @param hits one page
 * @param total products in the kept set
 * @param totalRelation whether a bound was reached
 * @param facets counts over the kept set, in the order asked for
 * @param cutoff the rule that made the kept set
 * @param statistics what the query met
 * @param generation generation that was searched
 * @param tookMicros time in the shard
 */
public record PlanResult(
        List<PlanHit> hits,
        int total,
        TotalRelation totalRelation,
        Map<String, FacetResult> facets,
        Cutoff cutoff,
        QueryStatistics statistics,
        long generation,
        long tookMicros) {}
