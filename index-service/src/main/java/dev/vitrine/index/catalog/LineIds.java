package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.ProductKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the id in a line that cannot be used as a whole, so that a replacing import spares the
 * product that the line was about. Thread-safe.
 */
final class LineIds {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private LineIds() {}

    /** The id, if it stands before the fault of the line; null otherwise. */
    static @Nullable String find(String json) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean id = parser.currentName().equals("id");
                JsonToken value = parser.nextToken();
                if (id && value == JsonToken.VALUE_STRING) {
                    return valid(parser.getString());
                }
                if (id && value == JsonToken.VALUE_NUMBER_INT) {
                    String text = parser.getString();
                    // A number that is cut off looks like a shorter one until the next token.
                    return parser.nextToken() == null ? null : valid(text);
                }
                parser.skipChildren();
            }
            return null;
        } catch (JacksonException faultBeforeTheId) {
            return null;
        }
    }

    private static @Nullable String valid(String id) {
        return ProductKey.isId(id) ? id : null;
    }
}
