package dev.vitrine.packaging;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields that were read into an object of the Kubernetes model without being known to it. Helm's
 * lint passes them, and the API server drops or refuses them.
 */
final class UnknownFields {

    private final List<String> found = new ArrayList<>();

    private UnknownFields() {}

    /** Their paths, e.g. {@code spec.template.replicaz}. */
    static List<String> of(Object object) {
        UnknownFields unknown = new UnknownFields();
        unknown.visit("", object);
        return unknown.found;
    }

    private void visit(String path, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    visit(path + "[" + i + "]", list.get(i));
                }
            }
            case Map<?, ?> map -> map.forEach((key, entry) -> visit(path + "." + key, entry));
            case Object model when model.getClass().getName().startsWith("io.fabric8.") ->
                    fields(path, model);
            default -> {}
        }
    }

    private void fields(String path, Object model) {
        for (Method getter : model.getClass().getMethods()) {
            if (getter.getParameterCount() != 0 || !getter.getName().startsWith("get")) {
                continue;
            }
            Object value;
            try {
                value = getter.invoke(model);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(getter.toString(), e);
            }
            if (getter.getName().equals("getAdditionalProperties")) {
                if (value instanceof Map<?, ?> unknown) {
                    unknown.keySet().forEach(name -> found.add(path + "." + name));
                }
            } else if (!(value instanceof Enum<?>)) {
                visit(path + "." + fieldName(getter.getName()), value);
            }
        }
    }

    private static String fieldName(String getter) {
        return Character.toLowerCase(getter.charAt(3)) + getter.substring(4);
    }
}
