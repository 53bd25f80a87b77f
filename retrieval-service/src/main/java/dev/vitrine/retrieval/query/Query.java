package dev.vitrine.retrieval.query;

import org.jspecify.annotations.Nullable;

/**
 * A query as understood.
 *
 * @param text normalised text; empty browses
 * @param identifier the whole query as a possible product code, or null
 */
public record Query(String text, @Nullable String identifier) {

    /** Whether there is nothing to search for. */
    public boolean browse() {
        return text.isEmpty();
    }
}
