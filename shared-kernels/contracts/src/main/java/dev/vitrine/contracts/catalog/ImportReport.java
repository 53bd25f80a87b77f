package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import came to so far.
 *
 * @param accepted committed lines, unchanged ones included
 * @param rejected refused lines
 * @param lines all of them
 * @param unidentified refused lines whose product id could not be read
 * @param deleted products that a replacing import did not contain and that are gone
 * @param notDeleted why a replacing import deleted nothing, or null
 * @param rejections the first refused lines
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportReport(
        long accepted,
        long rejected,
        long lines,
        long unidentified,
        long deleted,
        @Nullable TaskFault notDeleted,
        List<Rejection> rejections) {

    /** Nothing done yet. */
    public static final ImportReport EMPTY = new ImportReport(0, 0, 0, 0, 0, null, List.of());

    public ImportReport {
        rejections = List.copyOf(rejections);
    }

    /** The same after so many more deletions. */
    public ImportReport plusDeleted(long more) {
        return new ImportReport(
                accepted, rejected, lines, unidentified, deleted + more, notDeleted, rejections);
    }

    /** The same with the reason why nothing, or nothing more, is deleted. */
    public ImportReport notDeletedBecause(TaskFault reason) {
        return new ImportReport(
                accepted, rejected, lines, unidentified, deleted, reason, rejections);
    }

    /**
     * A refused line.
     *
     * @param line its number, from 1
     * @param id product id, as far as it could be read
     * @param code stable name
     * @param pointer JSON pointer into the line; empty = all of it
     * @param message what is wrong
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rejection(
            long line, @Nullable String id, String code, String pointer, String message) {}
}
