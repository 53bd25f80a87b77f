package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.VectorSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Writes itself to a file at every publication and goes on with what it opens from it. */
final class ReopenedEngine extends TendedEngine {

    private final Path file;
    private final int ordinalsMax;
    private final double targetRecall;
    private final int exactRows;
    private final Clustering clustering;

    ReopenedEngine(
            Path file,
            int dimensions,
            int ordinalsMax,
            double targetRecall,
            int exactRows,
            Clustering clustering) {
        super(
                new QuantizedVectorEngine(
                        dimensions, ordinalsMax, targetRecall, exactRows, clustering));
        this.file = file;
        this.ordinalsMax = ordinalsMax;
        this.targetRecall = targetRecall;
        this.exactRows = exactRows;
        this.clustering = clustering;
    }

    @Override
    public VectorSearch publish() {
        super.publish();
        try {
            engine().snapshot().write(file);
            replace(
                    QuantizedVectorEngine.open(
                            file, dimensions(), ordinalsMax, targetRecall, exactRows, clustering));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return current();
    }
}
