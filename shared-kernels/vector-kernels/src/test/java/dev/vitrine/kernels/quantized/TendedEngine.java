package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorSearch;

/** Does its background work at every publication. */
class TendedEngine implements VectorEngine {

    private QuantizedVectorEngine engine;

    TendedEngine(QuantizedVectorEngine engine) {
        this.engine = engine;
    }

    final QuantizedVectorEngine engine() {
        return engine;
    }

    /** Goes on with another engine. */
    final void replace(QuantizedVectorEngine other) {
        engine = other;
    }

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
}
