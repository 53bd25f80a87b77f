package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a catalogue and the template of the text that is embedded. Fields that it does not
 * name are stored and returned, never indexed. Immutable.
 *
 * @param fields at most {@value #MAX_FIELDS}; thousands of attributes are one pattern
 * @param semanticText template with {@code {field}} placeholders, e.g. {@code {brand} {title}};
 *     null means the field with role title
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogSchema(List<FieldDefinition> fields, @Nullable String semanticText) {

    /** Most field definitions that one schema may have. */
    public static final int MAX_FIELDS = 500;

    @JsonCreator
    public CatalogSchema(
            @JsonProperty(value = "fields", required = true) List<FieldDefinition> fields,
            @JsonProperty("semanticText") @Nullable String semanticText) {
        this.fields = List.copyOf(fields);
        this.semanticText = semanticText;
    }

    /** The definition that governs a field: its own, else that of the longest matching pattern. */
    public Optional<FieldDefinition> resolve(String field) {
        FieldDefinition best = null;
        for (FieldDefinition definition : fields) {
            if (!definition.pattern()) {
                if (definition.name().equals(field)) {
                    return Optional.of(definition);
                }
            } else if (field.startsWith(definition.prefix())
                    && (best == null || definition.prefix().length() > best.prefix().length())) {
                best = definition;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The fields of a role, in schema order. */
    public List<FieldDefinition> withRole(FieldRole role) {
        return fields.stream().filter(field -> field.role() == role).toList();
    }

    /** The searchable fields, heaviest first. */
    public List<FieldDefinition> searchable() {
        return fields.stream()
                .filter(FieldDefinition::searchable)
                .sorted(Comparator.comparingDouble(FieldDefinition::weight).reversed())
                .toList();
    }

    /** The template of the embedded text; defaults to the title field. */
    public String semanticTemplate() {
        if (semanticText != null) {
            return semanticText;
        }
        return withRole(FieldRole.TITLE).stream()
                .findFirst()
                .or(() -> searchable().stream().findFirst())
                .map(field -> "{" + field.name() + "}")
                .orElse("");
    }
}
