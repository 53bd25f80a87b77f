package dev.vitrine.recommender.algorithm.similar;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldValues;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Recognises one product under other ids: by an identifier that both have, or by the same title.
 * Immutable.
 */
final class Duplicates {

    private final RoleFields identifierFields;
    private final RoleFields titleFields;
    private final Set<String> identifiers;
    private final Set<String> titles;

    /** Prepares the comparison with one product. */
    Duplicates(CatalogSchema schema, Map<String, Object> document) {
        this.identifierFields = new RoleFields(schema, FieldRole.IDENTIFIER);
        this.titleFields = new RoleFields(schema, FieldRole.TITLE);
        this.identifiers = identifiers(document);
        this.titles = titles(document);
    }

    /** Whether another product is the same. */
    boolean contain(Map<String, Object> document) {
        return intersect(identifiers, identifiers(document)) || intersect(titles, titles(document));
    }

    private Set<String> identifiers(Map<String, Object> document) {
        return values(identifierFields, document, "[\\s\\-/.]+", "");
    }

    private Set<String> titles(Map<String, Object> document) {
        return values(titleFields, document, "[^\\p{L}\\p{M}\\p{N}]+", " ");
    }

    /** Values without case, width and what does not tell products apart. */
    private static Set<String> values(
            RoleFields fields, Map<String, Object> document, String noise, String replacement) {
        Set<String> values = new HashSet<>();
        fields.forEach(
                document,
                (definition, value) -> {
                    for (Object single : FieldValues.each(value)) {
                        String text = FieldValues.text(single);
                        if (text != null) {
                            values.add(
                                    Normalizer.normalize(text, Normalizer.Form.NFKC)
                                            .toLowerCase(Locale.ROOT)
                                            .replaceAll(noise, replacement)
                                            .strip());
                        }
                    }
                });
        values.remove("");
        return values;
    }

    private static boolean intersect(Set<String> some, Set<String> others) {
        return some.stream().anyMatch(others::contains);
    }
}
