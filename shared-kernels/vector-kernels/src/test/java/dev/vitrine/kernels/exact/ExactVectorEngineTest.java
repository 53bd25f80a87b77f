package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorEngineContractSuite;

class ExactVectorEngineTest extends VectorEngineContractSuite {

    @Override
    protected VectorEngine create(int dimensions, int ordinalsMax) {
        return new ExactVectorEngine(dimensions, ordinalsMax);
    }
}
