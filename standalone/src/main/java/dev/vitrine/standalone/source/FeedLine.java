package dev.vitrine.standalone.source;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON lines, unwrapping the operations of a document feed. */
final class FeedLine {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private FeedLine() {}

    static boolean isOne(String line) {
        return document(line, FileFormat.NDJSON)
                .filter(node -> node.path("put").isString() && node.path("fields").isObject())
                .isPresent();
    }

    /** The document of a line, or empty when the line is not a JSON object of that form. */
    static Optional<ObjectNode> document(String line, FileFormat format) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException broken) {
            return Optional.empty();
        }
        if (!(node instanceof ObjectNode object)) {
            return Optional.empty();
        }
        if (format != FileFormat.FEED) {
            return Optional.of(object);
        }
        if (!(object.get("fields") instanceof ObjectNode fields)) {
            return Optional.empty();
        }
        if (!fields.has("id") && object.path("put").isString()) {
            // "id:namespace:type:modifiers:id"; the last part may hold colons itself.
            String[] address = object.path("put").asString().split(":", 5);
            fields.put("id", address[address.length - 1]);
        }
        return Optional.of(fields);
    }
}
