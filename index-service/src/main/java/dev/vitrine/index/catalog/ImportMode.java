package dev.vitrine.index.catalog;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an import does with each line. */
enum ImportMode {
    /** Creates or replaces. */
    UPSERT,
    /** Creates; an existing product is refused. */
    CREATE,
    /** Merges the line's fields into an existing product; a missing one is refused. */
    UPDATE,
    /** Deletes; a missing product is unchanged. */
    DELETE,
    /** As {@link #UPSERT}; at the end, what the import did not name is deleted. */
    REPLACE;

    /**
     * The mode of that name; null means {@link #UPSERT}.
     *
     * @throws ProblemException with INVALID_PARAMETER
     */
    static ImportMode of(@Nullable String name) {
        if (name == null) {
            return UPSERT;
        }
        for (ImportMode mode : values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
                return mode;
            }
        }
        String message = "must be upsert, create, update, delete or replace";
        throw new ProblemException(CommonErrors.INVALID_PARAMETER, "parameter 'mode' " + message)
                .withErrors(List.of(new FieldError("mode", message)));
    }

    WriteCommand command(String id, Map<String, Object> document) {
        return switch (this) {
            case UPSERT, REPLACE ->
                    new WriteCommand.Put(id, document, false, new Precondition.None());
            case CREATE -> new WriteCommand.Put(id, document, true, new Precondition.None());
            case UPDATE -> new WriteCommand.Merge(id, document, new Precondition.None());
            case DELETE -> new WriteCommand.Delete(id, false, new Precondition.None());
        };
    }
}
