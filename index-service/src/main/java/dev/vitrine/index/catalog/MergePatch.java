package dev.vitrine.index.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON merge patch (RFC 7396): null removes, an object is merged, everything else replaces. */
final class MergePatch {

    private MergePatch() {}

    static Map<String, Object> apply(Map<String, Object> target, Map<String, Object> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(target);
        patch.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else if (value instanceof Map<?, ?> members) {
                merged.put(name, apply(object(merged.get(name)), object(members)));
            } else {
                merged.put(name, value);
            }
        });
        return merged;
    }

    private static Map<String, Object> object(@Nullable Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> object.put((String) name, member));
        }
        return object;
    }
}
