package dev.vitrine.index.column;

import dev.vitrine.servicekit.WireJson;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    /**
     * The wanted fields of a document, in its own order.
     *
     * @param wanted names, or prefixes that end in {@code *}; null = all
     */
    public static Map<String, Object> select(
            Map<String, Object> document, @Nullable List<String> wanted) {
        if (wanted == null) {
            return document;
        }
        Map<String, Object> selected = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            if (isWanted(name, wanted)) {
                selected.put(name, value);
            }
        });
        return selected;
    }

    private static boolean isWanted(String name, Collection<String> wanted) {
        for (String pattern : wanted) {
            boolean fits =
                    pattern.endsWith("*")
                            ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                            : name.equals(pattern);
            if (fits) {
                return true;
            }
        }
        return false;
    }
}
