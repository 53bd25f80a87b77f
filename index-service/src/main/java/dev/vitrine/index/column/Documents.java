package dev.vitrine.index.column;

import dev.vitrine.servicekit.WireJson;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Documents as JSON bytes and back. */
public final class Documents {

    private static final TypeReference<Map<String, Object>> DOCUMENT = new TypeReference<>() {};

    private Documents() {}

    /**
     * Reads a document.
     *
     * @throws tools.jackson.core.JacksonException when the bytes are no JSON object
     */
    public static Map<String, Object> read(byte[] json) {
        return WireJson.mapper().readValue(json, DOCUMENT);
    }

    public static byte[] write(Map<String, Object> document) {
        return WireJson.write(document);
    }
}
