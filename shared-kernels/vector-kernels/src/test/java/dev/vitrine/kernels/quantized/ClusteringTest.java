package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clusters are kept where they pay by a multiple, and dropped where all of them would be read. */
class ClusteringTest {

    private static final int DIMENSIONS = 256;

    @Test
    void rowsInTightGroups_areSearchedByClusters() {
        ShopVectors shop = new ShopVectors(DIMENSIONS, 400, 6);
        QuantizedSearch search = learned(30_000, shop::row);
        assertThat(clusters(search)).isNotNull();
    }

    @Test
    void rowsWithoutStructure_areSearchedByAllSigns() {
        Random random = new Random(7);
        QuantizedSearch search = learned(6_000, () -> noise(random));
        assertThat(clusters(search)).isNull();
        assertThat(Objects.requireNonNull(search.signs()).plan().clusters()).isNull();
    }

    private static @Nullable ClusterView clusters(QuantizedSearch search) {
        return Objects.requireNonNull(search.signs()).clusters();
    }

    private static QuantizedSearch learned(int rows, Supplier<float[]> row) {
        QuantizedVectorEngine engine = new QuantizedVectorEngine(DIMENSIONS, rows, 0.95);
        for (int i = 0; i < rows; i++) {
            engine.put(i, row.get());
        }
        for (int i = 0; i < PlanFinder.QUERIES_MIN; i++) {
            engine.publish().topK(row.get(), 10, RowFilter.ALL);
        }
        assertThat(engine.tend()).isTrue();
        return engine.publish();
    }

    private static float[] noise(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
