package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorEngineContractSuite;
import dev.vitrine.kernels.engine.VectorSearch;

/** With sign codes and a plan, renewed at every publication. */
class StagedVectorEngineTest extends VectorEngineContractSuite {

    @Override
    protected VectorEngine create(int dimensions, int ordinalsMax) {
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(dimensions, ordinalsMax, 0.98, 100);
        return new VectorEngine() {
            @Override
            public int dimensions() {
                return engine.dimensions();
            }

            @Override
            public void put(int ordinal, float[] vector) {
                engine.put(ordinal, vector);
            }

            @Override
            public boolean remove(int ordinal) {
                return engine.remove(ordinal);
            }

            @Override
            public VectorSearch publish() {
                engine.tend();
                return engine.publish();
            }

            @Override
            public VectorSearch current() {
                return engine.current();
            }

            @Override
            public String describe() {
                return engine.describe();
            }
        };
    }

    /**
     * One query at a time is asked, of rows without any structure: the mean is what is promised.
     */
    @Override
    protected double topKRecallFloor() {
        return 0.6;
    }
}
