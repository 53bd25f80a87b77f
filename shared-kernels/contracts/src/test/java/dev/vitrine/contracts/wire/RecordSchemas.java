package dev.vitrine.contracts.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas of wire records, by name. A component is required unless it is {@link Nullable};
 * further properties are allowed, because a later version may add some.
 */
final class RecordSchemas {

    private static final Map<Class<?>, Map<String, Object>> PLAIN =
            Map.of(
                    String.class, Map.of("type", "string"),
                    long.class, Map.of("type", "integer", "format", "int64"),
                    int.class, Map.of("type", "integer", "format", "int32"),
                    Integer.class, Map.of("type", "integer", "format", "int32"),
                    double.class, Map.of("type", "number"),
                    Double.class, Map.of("type", "number"),
                    boolean.class, Map.of("type", "boolean"),
                    Boolean.class, Map.of("type", "boolean"),
                    Instant.class, Map.of("type", "string", "format", "date-time"),
                    Object.class, Map.of());

    private final Map<String, Object> schemas = new TreeMap<>();

    /** All schemas that were asked for and those they refer to. */
    Map<String, Object> all() {
        return schemas;
    }

    /** A reference to the schema of a record or an enum. */
    Map<String, Object> reference(Class<?> type) {
        if (!schemas.containsKey(type.getSimpleName())) {
            // Held first: a record may refer to itself.
            schemas.put(type.getSimpleName(), Map.of());
            schemas.put(type.getSimpleName(), type.isEnum() ? names(type) : object(type));
        }
        return Map.of("$ref", "#/components/schemas/" + type.getSimpleName());
    }

    private Map<String, Object> object(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required =
                Arrays.stream(type.getRecordComponents())
                        .filter(component -> !isNullable(component.getAnnotatedType()))
                        .map(RecordComponent::getName)
                        .toList();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), of(component.getAnnotatedType()));
        }
        return Map.of("type", "object", "properties", properties, "required", required);
    }

    private Map<String, Object> of(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (annotated instanceof AnnotatedParameterizedType generic
                && type instanceof ParameterizedType parameterized) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            return parameterized.getRawType() == List.class
                    ? Map.of("type", "array", "items", of(arguments[0]))
                    : Map.of("type", "object", "additionalProperties", of(arguments[1]));
        }
        if (!(type instanceof Class<?> simple)) {
            throw new IllegalArgumentException("no schema for " + type);
        }
        Map<String, Object> plain = PLAIN.get(simple);
        if (plain == null) {
            if (!simple.isRecord() && !simple.isEnum()) {
                throw new IllegalArgumentException("no schema for " + type);
            }
            return reference(simple);
        }
        if (!isNullable(annotated) || !plain.containsKey("type")) {
            return plain;
        }
        Map<String, Object> nullable = new TreeMap<>(plain);
        nullable.put("type", List.of(String.valueOf(plain.get("type")), "null"));
        return nullable;
    }

    /** The names that Jackson writes. */
    private static Map<String, Object> names(Class<?> type) {
        List<String> names =
                Arrays.stream(type.getFields())
                        .filter(Field::isEnumConstant)
                        .map(RecordSchemas::name)
                        .toList();
        return Map.of("type", "string", "enum", names);
    }

    private static String name(Field constant) {
        JsonProperty given = constant.getAnnotation(JsonProperty.class);
        return given == null ? constant.getName() : given.value();
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
