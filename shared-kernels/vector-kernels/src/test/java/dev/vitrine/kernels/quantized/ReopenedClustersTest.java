package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters are not in an engine's file: they are made anew. */
class ReopenedClustersTest {

    private static final int DIMENSIONS = 64;
    private static final int ROWS = 2_000;

    @TempDir Path folder;

    @Test
    void openedEngine_searchesAllRows_untilItWasTended() throws IOException {
        ShopVectors shop = new ShopVectors(DIMENSIONS, 20, 6);
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(DIMENSIONS, ROWS, 0.98, 100, ROWS / 2);
        for (int i = 0; i < ROWS; i++) {
            engine.put(i, shop.row());
        }
        assertThat(engine.tend()).isTrue();
        engine.publish();
        assertThat(engine.describe()).contains(" % of the clusters");
        Path file = folder.resolve("engine");
        engine.snapshot().write(file);

        QuantizedVectorEngine opened =
                QuantizedVectorEngine.open(file, DIMENSIONS, ROWS, 0.98, 100, ROWS / 2);
        assertThat(opened.describe()).doesNotContain("clusters");
        assertThat(opened.current().topK(shop.query(), 10, RowFilter.ALL).size()).isEqualTo(10);
        assertThat(opened.tend()).isTrue();
        opened.publish();
        assertThat(opened.describe()).contains(" % of the clusters");
        assertThat(opened.current().topK(shop.query(), 10, RowFilter.ALL).size()).isEqualTo(10);
    }
}
