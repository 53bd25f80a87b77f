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

    /**
     * It must exist and be the one that existed in this version: changed since or not, but not
     * deleted and created anew.
     *
     * @param version a version that it had
     */
    record SameLifeAs(long version) implements Precondition {}
}
