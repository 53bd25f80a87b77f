package dev.vitrine.retrieval.plan;

import dev.vitrine.contracts.catalog.FieldType;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Which texts a filter may compare a field of some type with. */
final class FilterValues {

    private FilterValues() {}

    /** What the type needs instead, or nothing when the value fits. */
    static Optional<String> fault(FieldType type, String value) {
        return switch (type) {
            case NUMBER -> isNumber(value) ? Optional.empty() : Optional.of("a finite number");
            case DATE -> isDate(value) ? Optional.empty() : Optional.of("an ISO 8601 date");
            case BOOLEAN ->
                    value.equals("true") || value.equals("false")
                            ? Optional.empty()
                            : Optional.of("true or false");
            case TEXT, KEYWORD, IMAGE, CATEGORY_PATH -> Optional.empty();
        };
    }

    private static boolean isNumber(String value) {
        try {
            return Double.isFinite(Double.parseDouble(value));
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /** A date, a local date-time or one with an offset. */
    private static boolean isDate(String value) {
        try {
            DateTimeFormatter.ISO_DATE.parse(value);
            return true;
        } catch (DateTimeException notADate) {
            return isDateTime(value);
        }
    }

    private static boolean isDateTime(String value) {
        try {
            DateTimeFormatter.ISO_DATE_TIME.parse(value);
            return true;
        } catch (DateTimeException notADateTime) {
            return false;
        }
    }
}
