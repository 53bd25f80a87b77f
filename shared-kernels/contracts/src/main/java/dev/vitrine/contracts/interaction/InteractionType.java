package dev.vitrine.contracts.interaction;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a visitor did, or was shown. */
public enum InteractionType {
    /** A query was answered. */
    @JsonProperty("search")
    SEARCH,
    /** Products were shown. */
    @JsonProperty("impression")
    IMPRESSION,
    /** A shown product was chosen. */
    @JsonProperty("click")
    CLICK,
    /** A product's page was looked at. */
    @JsonProperty("view")
    VIEW,
    @JsonProperty("cart-add")
    CART_ADD,
    @JsonProperty("cart-remove")
    CART_REMOVE,
    @JsonProperty("purchase")
    PURCHASE
}
