package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a write did to a product. */
public enum WriteStatus {
    @JsonProperty("created")
    CREATED,
    @JsonProperty("updated")
    UPDATED,
    /** The product already was as asked; its version did not change. */
    @JsonProperty("unchanged")
    UNCHANGED,
    @JsonProperty("deleted")
    DELETED,
    /** Refused; the error says why. */
    @JsonProperty("rejected")
    REJECTED
}
