package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What holds for scans of all signs holds for clusters. */
class ClusteredRecallTest extends QuantizedRecallTest {

    @Override
    QuantizedVectorEngine engine(int dimensions, int rows, double target) {
        return new QuantizedVectorEngine(
                dimensions, rows, target, QuantizedVectorEngine.EXACT_ROWS, Clustering.ALWAYS);
    }

    @Test
    void plan_tellsThatThereAreClusters() {
        assertThat(learnedEngine(0.98).describe()).contains(" % of the clusters");
    }
}
