package dev.vitrine.index.column;

import dev.vitrine.contracts.wire.JsonProperties;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fields of products a caller wants to see. Made once for a page; thread-safe. */
public final class FieldSelection {

    private static final String ANY = "*";

    private final @Nullable List<String> wanted;
    private final List<byte[]> names;
    private final List<byte[]> prefixes;

    /**
     * Reads the names.
     *
     * @param wanted names, or prefixes that end in {@code *}; null = all
     */
    public FieldSelection(@Nullable List<String> wanted) {
        this.wanted = wanted;
        List<String> all = wanted == null ? List.of() : wanted;
        this.names = all.stream().filter(name -> !name.endsWith(ANY)).map(this::bytes).toList();
        this.prefixes =
                all.stream()
                        .filter(name -> name.endsWith(ANY))
                        .map(name -> bytes(name.substring(0, name.length() - 1)))
                        .toList();
    }

    private byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The wanted fields of a product, in its document's own order. */
    public Map<String, Object> of(StoredProduct product) {
        byte[] json = product.document();
        if (wanted == null) {
            return new DocumentFields(json);
        }
        JsonProperties properties = product.properties();
        if (properties.hasEscapedName()) {
            return selected(Documents.read(json), wanted);
        }
        byte[] picked = new byte[json.length + 2];
        int length = 0;
        picked[length++] = '{';
        for (int p = 0; p < properties.size(); p++) {
            if (isWanted(properties, p)) {
                if (length > 1) {
                    picked[length++] = ',';
                }
                int size = properties.end(p) - properties.start(p);
                System.arraycopy(json, properties.start(p), picked, length, size);
                length += size;
            }
        }
        picked[length++] = '}';
        return new DocumentFields(Arrays.copyOf(picked, length));
    }

    private boolean isWanted(JsonProperties properties, int property) {
        for (byte[] name : names) {
            if (properties.isNamed(property, name)) {
                return true;
            }
        }
        for (byte[] prefix : prefixes) {
            if (properties.nameStartsWith(property, prefix)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Object> selected(Map<String, Object> document, List<String> wanted) {
        Map<String, Object> selected = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            boolean fits =
                    wanted.stream()
                            .anyMatch(pattern ->
                                    pattern.endsWith(ANY)
                                            ? name.startsWith(
                                                    pattern.substring(0, pattern.length() - 1))
                                            : name.equals(pattern));
            if (fits) {
                selected.put(name, value);
            }
        });
        return selected;
    }
}
