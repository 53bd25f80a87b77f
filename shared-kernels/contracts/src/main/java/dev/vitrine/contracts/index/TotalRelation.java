package dev.vitrine.contracts.index;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a total is to be read. */
public enum TotalRelation {
    @JsonProperty("exact")
    EXACT,
    @JsonProperty("atLeast")
    AT_LEAST
}
