package dev.vitrine.benchmarks.catalog;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One product as the catalogue's file has it.
 *
 * @param id its id
 * @param document everything, the id included
 */
public record Product(String id, ObjectNode document) {

    /** A text field; empty when it has none. */
    public String text(String field) {
        JsonNode value = document.path(field);
        return value.isString() ? value.stringValue() : "";
    }
}
