package dev.vitrine.index.column;

import dev.vitrine.contracts.wire.JsonProperties;
import dev.vitrine.servicekit.DocumentFields;
import java.nio.charset.StandardCharsets;
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

    /** Bit {@code n} modulo 64 is set if one of the names is n bytes long: most others are not. */
    private final long nameLengths;

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
        long lengths = 0;
        for (byte[] name : names) {
            lengths |= 1L << name.length;
        }
        this.nameLengths = lengths;
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
        int[] found = new int[properties.size()];
        int count = 0;
        int length = 2;
        for (int p = 0; p < found.length; p++) {
            if (isWanted(properties, p)) {
                length += properties.end(p) - properties.start(p) + (count == 0 ? 0 : 1);
                found[count++] = p;
            }
        }
        byte[] picked = new byte[length];
        picked[0] = '{';
        int at = 1;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                picked[at++] = ',';
            }
            int start = properties.start(found[i]);
            int size = properties.end(found[i]) - start;
            System.arraycopy(json, start, picked, at, size);
            at += size;
        }
        picked[at] = '}';
        return new DocumentFields(picked);
    }

    private boolean isWanted(JsonProperties properties, int property) {
        boolean mayBeName = (nameLengths >>> properties.nameLength(property) & 1) != 0;
        for (int n = 0; mayBeName && n < names.size(); n++) {
            byte[] name = names.get(n);
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
