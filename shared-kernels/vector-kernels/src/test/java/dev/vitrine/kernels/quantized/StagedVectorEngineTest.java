package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorEngineContractSuite;

/** With sign codes and a plan, renewed at every publication. */
class StagedVectorEngineTest extends VectorEngineContractSuite {

    @Override
    protected VectorEngine create(int dimensions, int ordinalsMax) {
        return new TendedEngine(
                new QuantizedVectorEngine(dimensions, ordinalsMax, 0.98, 100, Clustering.NEVER));
    }

    /**
     * One query at a time is asked, of rows without any structure: the mean is what is promised.
     */
    @Override
    protected double topKRecallFloor() {
        return 0.6;
    }
}
