package dev.vitrine.contracts.retrieval;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which legs a search uses. */
public enum SearchMode {
    @JsonProperty("hybrid")
    HYBRID,
    @JsonProperty("lexical")
    LEXICAL,
    @JsonProperty("semantic")
    SEMANTIC
}
