package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.WriteResult;
import dev.vitrine.servicekit.ProblemException;

/** What became of a {@link WriteCommand}. */
public sealed interface WriteOutcome {

    /**
     * Committed, or already so.
     *
     * @param result version and status
     */
    record Accepted(WriteResult result) implements WriteOutcome {}

    /**
     * Nothing was changed.
     *
     * @param id product id
     * @param problem why
     */
    record Refused(String id, ProblemException problem) implements WriteOutcome {}
}
