package dev.vitrine.contracts.index;

import com.fasterxml.jackson.annotation.JsonProperty;

/** By which leg a hit was found. */
public enum MatchKind {
    @JsonProperty("identifier")
    IDENTIFIER,
    @JsonProperty("text")
    TEXT,
    @JsonProperty("semantic")
    SEMANTIC
}
