package dev.vitrine.contracts.embedding;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an embedded text is for. */
public enum EmbeddingPurpose {
    @JsonProperty("query")
    QUERY,
    @JsonProperty("product")
    PRODUCT
}
