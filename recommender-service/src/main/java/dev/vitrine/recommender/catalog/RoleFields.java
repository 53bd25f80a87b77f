package dev.vitrine.recommender.catalog;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldRole;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The fields of a role in documents of one catalogue. Immutable. */
final class RoleFields {

    private final CatalogSchema schema;
    private final List<FieldDefinition> definitions;

    RoleFields(CatalogSchema schema, FieldRole role) {
        this.schema = schema;
        this.definitions = schema.withRole(role);
    }

    /** Hands over every value of the role with the definition of its field. */
    void forEach(Map<String, Object> document, BiConsumer<FieldDefinition, Object> consumer) {
        for (FieldDefinition definition : definitions) {
            if (definition.pattern()) {
                document.forEach((field, value) -> {
                    if (value != null
                            && field.startsWith(definition.prefix())
                            && schema.resolve(field).filter(definition::equals).isPresent()) {
                        consumer.accept(definition, value);
                    }
                });
            } else {
                Object value = document.get(definition.name());
                if (value != null) {
                    consumer.accept(definition, value);
                }
            }
        }
    }
}
