package dev.vitrine.retrieval.plan;

import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.catalog.FieldValues;
import java.util.Optional;
import java.util.Set;

/** Which texts a filter may compare a field of some type with: those that the index can read. */
final class FilterValues {

    private static final Set<String> FLAGS = Set.of("true", "false");

    private FilterValues() {}

    /** What the type needs instead, or nothing when the value fits. */
    static Optional<String> fault(FieldType type, String value) {
        return switch (type) {
            case NUMBER -> unless(isNumeric(type, value), "a finite number");
            case DATE -> unless(isNumeric(type, value), "an ISO 8601 date or epoch milliseconds");
            case BOOLEAN -> unless(FLAGS.contains(FieldValues.term(type, value)), "true or false");
            case TEXT, KEYWORD, IMAGE, CATEGORY_PATH -> Optional.empty();
        };
    }

    private static boolean isNumeric(FieldType type, String value) {
        return Double.isFinite(FieldValues.parse(type, value));
    }

    private static Optional<String> unless(boolean fits, String needed) {
        return fits ? Optional.empty() : Optional.of(needed);
    }
}
