package dev.vitrine.contracts.index;

import org.jspecify.annotations.Nullable;

/**
 * A half-open interval of a numeric facet, {@code from <= value < to}.
 *
 * @param from lower bound, or null
 * @param to upper bound, or null
 */
public record FacetRange(@Nullable Double from, @Nullable Double to) {

    public FacetRange {
        if ((from != null && !Double.isFinite(from)) || (to != null && !Double.isFinite(to))) {
            throw new IllegalArgumentException("bounds of a range are finite numbers");
        }
    }
}
