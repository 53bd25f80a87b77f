package dev.vitrine.contracts.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How many kept products fall into an interval.
 *
 * @param from lower bound, inclusive, or null
 * @param to upper bound, exclusive, or null
 * @param count from 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FacetRangeCount(@Nullable Double from, @Nullable Double to, int count) {}
