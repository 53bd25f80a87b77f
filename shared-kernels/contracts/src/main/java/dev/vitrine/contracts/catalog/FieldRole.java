package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a field means to a shop, so that pages and recommendations need no configuration. */
public enum FieldRole {
    @JsonProperty("title")
    TITLE,
    @JsonProperty("description")
    DESCRIPTION,
    @JsonProperty("brand")
    BRAND,
    @JsonProperty("category")
    CATEGORY,
    @JsonProperty("price")
    PRICE,
    @JsonProperty("stock")
    STOCK,
    @JsonProperty("image")
    IMAGE,
    @JsonProperty("url")
    URL,
    /** A code that names the product: SKU, EAN, model number. Several fields may have it. */
    @JsonProperty("identifier")
    IDENTIFIER;

    /** The name in schemas and messages, as in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
