package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorEngineContractSuite;

/** Before it has learned anything, the engine is exact in everything. */
class QuantizedVectorEngineTest extends VectorEngineContractSuite {

    @Override
    protected VectorEngine create(int dimensions, int ordinalsMax) {
        return new QuantizedVectorEngine(dimensions, ordinalsMax, 0.98);
    }
}
