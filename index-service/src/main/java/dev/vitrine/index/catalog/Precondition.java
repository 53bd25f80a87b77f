package dev.vitrine.index.catalog;

import java.util.Set;

/** What must hold of a product before it is written. */
public sealed interface Precondition {

    /** Nothing. */
    record None() implements Precondition {}

    /** It must exist. */
    record Exists() implements Precondition {}

    /** It must not exist. */
    record Absent() implements Precondition {}

    /**
     * It must exist in one of these versions.
     *
     * @param versions at least one
     */
    record VersionIn(Set<Long> versions) implements Precondition {
        public VersionIn {
            versions = Set.copyOf(versions);
        }
    }
}
