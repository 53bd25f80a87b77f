package dev.vitrine.index.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.contracts.catalog.TaskFault;
import dev.vitrine.contracts.catalog.WriteStatus;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one line.
 *
 * @param line its number, from 1
 * @param id product id, as far as it could be read
 * @param status what happened
 * @param version version after the write; null when refused
 * @param error why it was refused, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportResult(
        long line,
        @Nullable String id,
        WriteStatus status,
        @Nullable Long version,
        @Nullable Fault error) {

    /**
     * Why a line was refused.
     *
     * @param code stable name
     * @param pointer JSON pointer into the line; empty = all of it
     * @param message what is wrong
     */
    record Fault(String code, String pointer, String message) {}

    /** The last line of the answer. */
    record Last(Summary summary) {}

    /**
     * Counts of an import.
     *
     * @param accepted committed lines, unchanged ones included
     * @param rejected refused lines
     * @param lines all of them
     * @param seconds from the first byte to the last commit
     * @param task its task
     * @param deleted of a replacing import: products that it did not contain; else null
     * @param notDeleted why a replacing import did not delete, or not to the end; or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Summary(
            long accepted,
            long rejected,
            long lines,
            double seconds,
            String task,
            @Nullable Long deleted,
            @Nullable TaskFault notDeleted) {}

    static ImportResult rejected(long line, @Nullable String id, ProblemException problem) {
        FieldError first = problem.errors().isEmpty() ? null : problem.errors().getFirst();
        return new ImportResult(
                line,
                id,
                WriteStatus.REJECTED,
                null,
                new Fault(
                        problem.code().code(),
                        first == null ? "" : first.pointer(),
                        first == null ? problem.detail() : first.message()));
    }
}
