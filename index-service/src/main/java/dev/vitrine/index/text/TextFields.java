package dev.vitrine.index.text;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which texts of a document go into which Lucene field. Not thread-safe.
 *
 * <p>The heaviest fields have a Lucene field each; the others, and everything that a pattern
 * covers, share one field for each class of weight. So thousands of attributes, or hundreds of
 * fields, cost a query no more than a few.
 */
final class TextFields {

    /** Fields of the schema that are scored on their own. */
    private static final int OWN_FIELDS = 8;

    /** Between values: no blank, so that a number never joins the next value as its unit. */
    private static final String VALUE_END = " | ";

    /** Names remembered; with more of them, the others are looked up each time. */
    private static final int RESOLVED_MAX = 20_000;

    private final CatalogSchema schema;
    private final Set<String> own = new HashSet<>();
    private final Map<String, Float> weights = new TreeMap<>();
    private final Map<String, Optional<FieldDefinition>> resolved = new HashMap<>();

    TextFields(CatalogSchema schema) {
        this.schema = schema;
        schema.searchable().stream()
                .filter(field -> !field.pattern())
                .limit(OWN_FIELDS)
                .forEach(field -> own.add(field.name()));
        for (FieldDefinition field : schema.searchable()) {
            weights.put(luceneField(field), weight(field));
        }
    }

    /** Weight by Lucene field. */
    Map<String, Float> weights() {
        return weights;
    }

    /** Hands over the searchable text of a document for each Lucene field. */
    void forEach(Map<String, Object> document, BiConsumer<String, String> consumer) {
        Map<String, StringBuilder> texts = new TreeMap<>();
        document.forEach((name, value) -> {
            FieldDefinition field = resolve(name).orElse(null);
            if (field == null) {
                return;
            }
            for (Object single : each(value)) {
                String text = text(field.type(), single);
                if (text != null) {
                    texts.computeIfAbsent(luceneField(field), f -> new StringBuilder())
                            .append(text)
                            .append(VALUE_END);
                }
            }
        });
        texts.forEach((field, text) -> consumer.accept(field, text.toString()));
    }

    private Optional<FieldDefinition> resolve(String name) {
        Optional<FieldDefinition> known = resolved.get(name);
        if (known == null) {
            known = schema.resolve(name).filter(FieldDefinition::searchable);
            if (resolved.size() < RESOLVED_MAX) {
                resolved.put(name, known);
            }
        }
        return known;
    }

    static Collection<?> each(@Nullable Object value) {
        return switch (value) {
            case Collection<?> many -> many;
            case null -> List.of();
            default -> List.of(value);
        };
    }

    static @Nullable String text(FieldType type, @Nullable Object value) {
        return switch (value) {
            case String text -> type == FieldType.CATEGORY_PATH ? text.replace('>', ' ') : text;
            case Double number when Double.isFinite(number) ->
                    BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            case Double _ -> null;
            case Number number -> number.toString();
            case null, default -> null;
        };
    }

    private String luceneField(FieldDefinition field) {
        return own.contains(field.name()) ? "f" + field.name() : "w" + weight(field);
    }

    /** The weight itself for a field of its own, else the power of two that is nearest. */
    private float weight(FieldDefinition field) {
        if (own.contains(field.name())) {
            return (float) field.weight();
        }
        double exponent = Math.rint(Math.log(field.weight()) / Math.log(2));
        return (float) Math.pow(2, Math.clamp(exponent, -2, 6));
    }
}
