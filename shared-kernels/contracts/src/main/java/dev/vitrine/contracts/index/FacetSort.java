package dev.vitrine.contracts.index;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Order of facet values. */
public enum FacetSort {
    /** Most frequent first, then by value. */
    @JsonProperty("count")
    COUNT,
    /** By value, ascending. */
    @JsonProperty("value")
    VALUE
}
