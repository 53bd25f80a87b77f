package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorEngineContractSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Every view is that of an engine opened from a file, every change is made in such an engine. */
class ReopenedVectorEngineTest extends VectorEngineContractSuite {

    @TempDir Path folder;

    @Override
    protected VectorEngine create(int dimensions, int ordinalsMax) {
        return new ReopenedEngine(
                folder.resolve("engine"), dimensions, ordinalsMax, 0.98, 100, Clustering.NEVER);
    }

    /** As of {@link StagedVectorEngineTest}. */
    @Override
    protected double topKRecallFloor() {
        return 0.6;
    }
}
