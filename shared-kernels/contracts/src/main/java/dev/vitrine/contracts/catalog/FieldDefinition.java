package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One field of a catalogue's schema, or, with a name that ends in {@code *}, every field whose name
 * starts so.
 *
 * @param name field name or pattern
 * @param type how values are read
 * @param weight weight in text search, 0 (not searched) to 100
 * @param filterable whether filters may name it
 * @param facet whether it may be counted
 * @param sortable whether results may be sorted by it
 * @param role what it means to a shop, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldDefinition(
        String name,
        FieldType type,
        double weight,
        boolean filterable,
        boolean facet,
        boolean sortable,
        @Nullable FieldRole role) {

    @JsonCreator
    public static FieldDefinition of(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "type", required = true) FieldType type,
            @JsonProperty("weight") @Nullable Double weight,
            @JsonProperty("filterable") @Nullable Boolean filterable,
            @JsonProperty("facet") @Nullable Boolean facet,
            @JsonProperty("sortable") @Nullable Boolean sortable,
            @JsonProperty("role") @Nullable FieldRole role) {
        return new FieldDefinition(
                name,
                type,
                weight == null ? 0 : weight,
                Boolean.TRUE.equals(filterable),
                Boolean.TRUE.equals(facet),
                Boolean.TRUE.equals(sortable),
                role);
    }

    /** Whether the text index covers this field. */
    public boolean searchable() {
        return weight > 0;
    }

    /** Whether the name stands for every field that starts with its prefix. */
    public boolean pattern() {
        return name.endsWith("*");
    }

    /** The prefix of a pattern; the name itself otherwise. */
    public String prefix() {
        return pattern() ? name.substring(0, name.length() - 1) : name;
    }

    /** Whether values are kept in an attribute column. */
    public boolean columnar() {
        return filterable || facet || sortable || role == FieldRole.IDENTIFIER;
    }
}
