package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Writes itself to a file at every publication and goes on with what it opens from it. */
final class ReopenedEngine implements VectorEngine {

    private final Path file;
    private final int ordinalsMax;
    private final double targetRecall;
    private final int exactRows;
    private QuantizedVectorEngine engine;

    ReopenedEngine(Path file, int dimensions, int ordinalsMax, double targetRecall, int exactRows) {
        this.file = file;
        this.ordinalsMax = ordinalsMax;
        this.targetRecall = targetRecall;
        this.exactRows = exactRows;
        this.engine = new QuantizedVectorEngine(dimensions, ordinalsMax, targetRecall, exactRows);
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
        engine.publish();
        try {
            engine.snapshot().write(file);
            engine =
                    QuantizedVectorEngine.open(
                            file, engine.dimensions(), ordinalsMax, targetRecall, exactRows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return engine.current();
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
