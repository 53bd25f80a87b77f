package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How the values of a field are read, filtered and counted. */
public enum FieldType {
    /** Prose: analysed for text search, not filterable. */
    @JsonProperty("text")
    TEXT,
    /** Exact values, one or many: brands, colours, codes. */
    @JsonProperty("keyword")
    KEYWORD,
    /** A finite double. */
    @JsonProperty("number")
    NUMBER,
    @JsonProperty("boolean")
    BOOLEAN,
    /** An ISO 8601 date or date-time, compared as epoch milliseconds. */
    @JsonProperty("date")
    DATE,
    /** The address of an image. */
    @JsonProperty("image")
    IMAGE,
    /** A path such as {@code A > B > C}; its ancestors are values too. */
    @JsonProperty("category-path")
    CATEGORY_PATH;

    /** The name in schemas and messages, as in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
