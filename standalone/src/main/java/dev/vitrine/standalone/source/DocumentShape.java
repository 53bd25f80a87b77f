package dev.vitrine.standalone.source;

import java.util.Map;
import java.util.Optional;

/**
 * What has to be done to the documents of a file before they are sent.
 *
 * @param idField the field that becomes {@code id}; empty to number the rows from 1
 * @param idAsText true when the ids of the file are JSON numbers, which the interface does not take
 * @param pathSeparators for category paths written otherwise than {@code A > B}: field to separator
 * @param numberStyles for numbers written otherwise than in JSON; what is no number is left out
 */
public record DocumentShape(
        Optional<String> idField,
        boolean idAsText,
        Map<String, String> pathSeparators,
        Map<String, NumberStyle> numberStyles) {
    /** The name that the interface gives to a product's identity. */
    public static final String ID = "id";

    /** Documents as the interface wants them. */
    public static final DocumentShape PLAIN =
            new DocumentShape(Optional.of(ID), false, Map.of(), Map.of());

    public DocumentShape {
        pathSeparators = Map.copyOf(pathSeparators);
        numberStyles = Map.copyOf(numberStyles);
    }

    boolean rewritesId() {
        return idAsText || !idField.equals(Optional.of(ID));
    }

    boolean leavesLinesAlone() {
        return !rewritesId() && pathSeparators.isEmpty() && numberStyles.isEmpty();
    }

    /** A string value in the interface's form; empty when it must be left out. */
    Optional<String> value(String field, String value) {
        String separator = pathSeparators.get(field);
        if (separator != null) {
            return Optional.of(CategoryPaths.join(value, separator));
        }
        NumberStyle style = numberStyles.get(field);
        return style == null || value.isBlank() ? Optional.of(value) : style.plain(value);
    }
}
