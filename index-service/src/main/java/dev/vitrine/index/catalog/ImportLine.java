package dev.vitrine.index.catalog;

import dev.vitrine.servicekit.ProblemException;
import java.util.Map;

/** One line of an import, read or not readable. */
sealed interface ImportLine {

    /** Number of its first physical line in the body, from 1. */
    long number();

    /**
     * A line of JSON.
     *
     * @param number line number
     * @param json its text
     */
    record Json(long number, String json) implements ImportLine {}

    /**
     * A row of CSV.
     *
     * @param number line number
     * @param values its values by column, without the empty ones
     * @param size characters of the row
     */
    record Row(long number, Map<String, Object> values, int size) implements ImportLine {}

    /**
     * A line that cannot be read.
     *
     * @param number line number
     * @param problem why
     */
    record Bad(long number, ProblemException problem) implements ImportLine {}
}
