package dev.vitrine.contracts.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One product of a page.
 *
 * @param id product id
 * @param version version of the product that was searched
 * @param score order of hits, higher first
 * @param relevance probability of relevance, 0 to 1; 1 for a browse
 * @param matchedBy legs that found it; empty for a browse
 * @param fields returned fields
 * @param highlight marked text per field, or null
 * @param explanation how it got its score, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanHit(
        String id,
        long version,
        double score,
        double relevance,
        List<MatchKind> matchedBy,
        Map<String, Object> fields,
        @Nullable Map<String, List<HighlightSegment>> highlight,
        @Nullable HitExplanation explanation) {}
