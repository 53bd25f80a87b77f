package dev.vitrine.benchmarks.vectors;

import java.util.ArrayList;
import java.util.List;

/**
 * A setting of an index with its recall, waiting for its rounds.
 *
 * @param recall10 under the filter that it will be measured with
 * @param recall100 -1 where the setting looks at fewer candidates
 * @param rates one a round, added by the run
 */
record Candidate(
        VectorIndex index,
        VectorIndex.Setting setting,
        double recall10,
        double recall100,
        List<Double> rates) {

    Candidate(VectorIndex index, VectorIndex.Setting setting, double recall10, double recall100) {
        this(index, setting, recall10, recall100, new ArrayList<>());
    }

    /** The same to be measured anew. */
    Candidate again() {
        return new Candidate(index, setting, recall10, recall100);
    }

    Measured measured(int threads, double filterShare) {
        return new Measured(
                index.engine(),
                index.variant(),
                setting.label(),
                threads,
                filterShare,
                recall10,
                recall100,
                rates);
    }
}
