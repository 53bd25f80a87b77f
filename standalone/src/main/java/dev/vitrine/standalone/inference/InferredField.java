package dev.vitrine.standalone.inference;

import dev.vitrine.contracts.catalog.FieldType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of a proposed schema.
 *
 * @param name the field, or a prefix followed by {@code *} for many fields
 * @param weight share in the text score; 0 means not searchable
 * @param role what the shop uses it for, under its name in the interface; null for none
 */
public record InferredField(
        String name,
        FieldType type,
        double weight,
        boolean filterable,
        boolean facet,
        boolean sortable,
        @Nullable String role) {

    /** Writes the entry in the form of the interface; what is false or absent is left out. */
    void writeTo(ObjectNode node) {
        node.put("name", name);
        node.put("type", type.wireName());
        if (weight > 0) {
            node.put("weight", weight);
        }
        if (filterable) {
            node.put("filterable", true);
        }
        if (facet) {
            node.put("facet", true);
        }
        if (sortable) {
            node.put("sortable", true);
        }
        if (role != null) {
            node.put("role", role);
        }
    }
}
