package dev.vitrine.contracts.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one field over the kept set.
 *
 * @param values for keywords, booleans and category paths; null for numbers and dates
 * @param otherCount values beyond the limit: sum of their counts
 * @param missing kept products without a value
 * @param stats for numbers and dates, null when no kept product has a value
 * @param ranges counts of the intervals asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FacetResult(
        @Nullable List<FacetValue> values,
        int otherCount,
        int missing,
        @Nullable FacetStatistics stats,
        @Nullable List<FacetRangeCount> ranges) {}
