package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searches by clusters side by side, over more pages of clusters than one. */
class ClusteredGroupTest {

    private static final int DIMENSIONS = 64;
    private static final int ROWS = 8_000;

    @Test
    void queriesOfABatch_findWhatEachFindsAlone_rowsAndOthers() {
        ShopVectors shop = new ShopVectors(DIMENSIONS, 40, 7);
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(DIMENSIONS, ROWS, 0.9, 100, Clustering.ALWAYS);
        for (int i = 0; i < ROWS; i++) {
            engine.put(i, shop.row());
        }
        assertThat(engine.tend()).isTrue();
        QuantizedSearch view = engine.publish();
        assertThat(engine.describe()).contains(" % of the clusters");

        float[][] queries = new float[3 * ClusteredGroup.SEARCHES + 5][DIMENSIONS];
        for (int q = 0; q < queries.length; q++) {
            if (q % 2 == 0) {
                queries[q] = shop.query();
            } else {
                view.copyRow(q * 31, queries[q]);
            }
        }
        queries[4] = new float[DIMENSIONS];
        Arrays.fill(queries[6], Float.MAX_VALUE);
        // All rows, half of them, some, and so few that all signs are less work for some queries.
        for (long word :
                new long[] {-1L, 0x5555_5555_5555_5555L, 0x0101_0101_0101_0101L, 0x8_0001L}) {
            RowFilter filter = page -> word;
            for (int k : new int[] {1, 10, 200}) {
                List<RowMatches> together = view.topKOfEach(queries, k, filter);
                for (int q = 0; q < queries.length; q++) {
                    RowMatches alone = view.topK(queries[q], k, filter);
                    assertThat(together.get(q).ordinals()).isEqualTo(alone.ordinals());
                    assertThat(together.get(q).scores()).isEqualTo(alone.scores());
                }
            }
        }
    }
}
