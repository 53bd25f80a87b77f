package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorEngineContractSuite;

/** With clusters from the first codes on. */
class ClusteredVectorEngineTest extends VectorEngineContractSuite {

    @Override
    protected VectorEngine create(int dimensions, int ordinalsMax) {
        return new TendedEngine(
                new QuantizedVectorEngine(dimensions, ordinalsMax, 0.98, 100, Clustering.ALWAYS));
    }

    /** As without clusters: rows have no structure, and the mean is what is promised. */
    @Override
    protected double topKRecallFloor() {
        return 0.5;
    }
}
