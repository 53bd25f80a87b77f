package dev.vitrine.recommender.algorithm.similar;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldValues;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises one product under other ids: by an identifier that both have, or by the same title.
 * Immutable.
 */
final class Duplicates {

    private static final Pattern BETWEEN_CODE_PARTS = Pattern.compile("[\\s\\-/.]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

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
        return values(identifierFields, document, BETWEEN_CODE_PARTS, "");
    }

    private Set<String> titles(Map<String, Object> document) {
        return values(titleFields, document, BETWEEN_WORDS, " ");
    }

    /** Values without case, width and what does not tell products apart. */
    private static Set<String> values(
            RoleFields fields, Map<String, Object> document, Pattern noise, String replacement) {
        Set<String> values = new HashSet<>();
        fields.forEach(
                document,
                (definition, value) -> {
                    for (Object single : FieldValues.each(value)) {
                        String text = FieldValues.text(single);
                        if (text != null) {
                            String folded =
                                    Normalizer.normalize(text, Normalizer.Form.NFKC)
                                            .toLowerCase(Locale.ROOT);
                            values.add(noise.matcher(folded).replaceAll(replacement).strip());
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
