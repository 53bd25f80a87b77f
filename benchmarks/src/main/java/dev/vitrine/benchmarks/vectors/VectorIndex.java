package dev.vitrine.benchmarks.vectors;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One kind of index of one engine over the rows, built and ready to be searched. */
public interface VectorIndex extends AutoCloseable {

    /** Of this project: {@code ours}; the name of the peer else. */
    String engine();

    /** Which index of the engine, e.g. {@code hnsw M=32 int8}. */
    String variant();

    /** From building to being searchable, on all cores that the engine uses for it. */
    double buildSeconds();

    /** What a start with it from a file costs; empty where that was not measured. */
    default Optional<FileTimes> fileTimes() {
        return Optional.empty();
    }

    /**
     * Whether it works here: what another process does, neither memory nor clock of this one see.
     */
    default boolean isInThisProcess() {
        return true;
    }

    /** What can be turned at search time, from fast to exact. */
    List<Setting> settings();

    /**
     * A searcher for one thread.
     *
     * @param setting one of {@link #settings()}
     */
    Searcher searcher(Setting setting, RowSubset filter) throws IOException;

    /** The same searches for many queries at once; empty when the engine has none. */
    default Optional<BatchSearcher> batchSearcher(Setting setting) {
        return Optional.empty();
    }

    /**
     * Replaces rows by given ones and makes that visible; the index is of no use for anything else
     * afterwards.
     *
     * @return rows a second, empty when the engine cannot
     */
    OptionalDouble replace(int[] ordinals, float[][] vectors) throws IOException;

    @Override
    void close() throws IOException;

    /**
     * A point of the trade between recall and time.
     *
     * @param label for the report
     * @param breadth candidates of the first stage
     * @param rescored candidates scored with full precision
     */
    record Setting(String label, int breadth, int rescored) {

        /** Whether it looks at as many candidates as another in both stages, or more. */
        boolean isNoFasterThan(Setting other) {
            return breadth >= other.breadth && rescored >= other.rescored;
        }
    }

    /** Searches for many queries on one thread. */
    @FunctionalInterface
    interface BatchSearcher {

        /** Finds the best rows for each of the queries. */
        void search(float[][] queries, int k);
    }

    /** Searches on one thread. */
    @FunctionalInterface
    interface Searcher {

        /** Ordinals of the best rows, best first; fewer than {@code k} if fewer were found. */
        int[] search(float[] query, int k) throws IOException;
    }
}
