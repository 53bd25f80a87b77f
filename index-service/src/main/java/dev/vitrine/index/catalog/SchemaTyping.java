package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.problem.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives the fields of a document the types of a schema: what can be read in one way only is turned
 * into that type, everything else is a fault. Null and empty texts of typed fields are left out.
 * Fields that the schema does not name stay as they are. One thread.
 */
final class SchemaTyping {

    private static final int MAX_FAULTS = 20;
    private static final int REMEMBERED_FIELDS = 20_000;
    private static final double WHOLE = 1e15;

    private final CatalogSchema schema;
    private final Map<String, Optional<FieldDefinition>> resolved = new HashMap<>();

    SchemaTyping(CatalogSchema schema) {
        this.schema = schema;
    }

    /** The definition of a field; remembered, because schemas may have hundreds of patterns. */
    Optional<FieldDefinition> resolve(String field) {
        if (resolved.size() > REMEMBERED_FIELDS) {
            resolved.clear();
        }
        return resolved.computeIfAbsent(field, schema::resolve);
    }

    CatalogSchema schema() {
        return schema;
    }

    /**
     * The document with typed values.
     *
     * @param faults gets the fields that do not fit, at most {@value #MAX_FAULTS}; their values
     *     stay as they were
     */
    Map<String, Object> type(Map<String, Object> document, List<FieldError> faults) {
        Map<String, Object> typed = new LinkedHashMap<>(document.size() * 2);
        document.forEach((name, value) -> {
            Object kept = value;
            Optional<FieldDefinition> definition = resolve(name);
            if (definition.isPresent()) {
                String pointer = JsonPointers.member("", name);
                kept = value(definition.get().type(), value, pointer, faults);
            }
            if (kept != null) {
                typed.put(name, kept);
            }
        });
        return typed;
    }

    private static @Nullable Object value(
            FieldType type, @Nullable Object value, String pointer, List<FieldError> faults) {
        if (!(value instanceof List<?> elements)) {
            return single(type, value, pointer, faults);
        }
        List<Object> typed = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            Object kept = single(type, element, JsonPointers.element(pointer, i), faults);
            if (kept != null) {
                typed.add(kept);
            }
        }
        return typed;
    }

    private static @Nullable Object single(
            FieldType type, @Nullable Object value, String pointer, List<FieldError> faults) {
        if (value == null || (value instanceof String text && text.isBlank())) {
            return null;
        }
        Object typed =
                switch (type) {
                    case TEXT, KEYWORD, IMAGE, CATEGORY_PATH -> text(value);
                    case NUMBER -> number(value);
                    case BOOLEAN -> bool(value);
                    case DATE -> date(value);
                };
        if (typed == null) {
            if (faults.size() < MAX_FAULTS) {
                faults.add(new FieldError(pointer, wanted(type) + ", not " + shown(value)));
            }
            return value;
        }
        return typed;
    }

    private static @Nullable Object text(Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Number number -> plain(number);
            default -> null;
        };
    }

    private static @Nullable Object number(Object value) {
        if (value instanceof Number) {
            return value;
        }
        if (value instanceof String text) {
            var number = ValueParser.number(text);
            return number.isPresent() ? (Object) number.getAsDouble() : null;
        }
        return null;
    }

    private static @Nullable Object bool(Object value) {
        return switch (value) {
            case Boolean flag -> flag;
            case String text -> ValueParser.bool(text).orElse(null);
            case Integer one when one == 1 -> true;
            case Integer zero when zero == 0 -> false;
            default -> null;
        };
    }

    private static @Nullable Object date(Object value) {
        return switch (value) {
            case String text -> ValueParser.date(text).orElse(null);
            case Integer millis -> millis;
            case Long millis -> millis;
            default -> null;
        };
    }

    /** A number as a person writes it: no exponent, no fraction that is zero. */
    static String plain(Number number) {
        if (number instanceof Double d) {
            return d == Math.rint(d) && Math.abs(d) < WHOLE
                    ? Long.toString(d.longValue())
                    : BigDecimal.valueOf(d).toPlainString();
        }
        return number.toString();
    }

    private static String wanted(FieldType type) {
        return switch (type) {
            case TEXT, KEYWORD -> "must be a text or a list of texts";
            case IMAGE -> "must be the address of an image";
            case CATEGORY_PATH -> "must be a path such as 'A > B > C' or a list of such";
            case NUMBER -> "must be a number";
            case BOOLEAN -> "must be true or false";
            case DATE -> "must be an ISO 8601 date or date-time";
        };
    }

    private static String shown(Object value) {
        return switch (value) {
            case Map<?, ?> members -> "an object";
            case List<?> elements -> "a list";
            case String text ->
                    "'" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "'";
            default -> value.toString();
        };
    }
}
