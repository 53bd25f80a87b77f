package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorEngineContractSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Every view is that of an engine opened from a file with clusters. */
class ReopenedClustersTest extends VectorEngineContractSuite {

    @TempDir Path folder;

    @Override
    protected VectorEngine create(int dimensions, int ordinalsMax) {
        return new ReopenedEngine(
                folder.resolve("engine"), dimensions, ordinalsMax, 0.98, 100, Clustering.ALWAYS);
    }

    /** As of {@link ClusteredVectorEngineTest}. */
    @Override
    protected double topKRecallFloor() {
        return 0.5;
    }
}
