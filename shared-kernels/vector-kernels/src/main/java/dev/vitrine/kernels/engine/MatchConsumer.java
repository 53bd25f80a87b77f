package dev.vitrine.kernels.engine;

/** Receives the rows of a range search one by one. */
@FunctionalInterface
public interface MatchConsumer {

    /**
     * Takes one row.
     *
     * @return whether the search is to go on; false ends it, for bounds and deadlines
     */
    boolean accept(int ordinal, float score);
}
