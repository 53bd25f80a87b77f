package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import org.junit.jupiter.api.Test;

/** With few rows top-k is exact, whatever was learned while there were more. */
class FewRowsTest {

    private static final int DIMENSIONS = 40;
    private static final int EXACT_ROWS = 1_000;
    private static final int ROWS = 1_250;

    private final ShopVectors shop = new ShopVectors(DIMENSIONS, 30, 3);

    @Test
    void engineThatShrinks_isExact_andHasItsPlanAgainWhenItGrows() {
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(DIMENSIONS, ROWS, 0.3, EXACT_ROWS, Clustering.NEVER);
        float[][] rows = new float[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = shop.row();
            engine.put(i, rows[i]);
        }
        engine.publish();
        assertThat(engine.tend()).isTrue();
        engine.publish();
        assertThat(engine.describe()).contains("top-k by 64-bit signs");

        for (int i = EXACT_ROWS; i < ROWS; i++) {
            engine.remove(i);
        }
        assertThat(exactAnswers(engine.publish())).isEqualTo(100);
        assertThat(engine.describe()).startsWith("exact");
        assertThat(engine.tend()).isFalse();

        for (int i = EXACT_ROWS; i < ROWS; i++) {
            engine.put(i, rows[i]);
        }
        engine.publish();
        assertThat(engine.describe()).contains("top-k by 64-bit signs");
    }

    /** A row without another tells no margin. */
    @Test
    void nothingToFindAPlanOn_leavesTopKExact() {
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(DIMENSIONS, ROWS, 0.98, 0, Clustering.ALWAYS);
        engine.put(0, shop.row());
        engine.publish();
        assertThat(engine.tend()).isFalse();
        engine.publish();
        assertThat(engine.describe()).startsWith("exact");

        for (int i = 1; i < ROWS; i++) {
            engine.put(i, shop.row());
        }
        engine.publish();
        assertThat(engine.tend()).isTrue();
        engine.publish();
        assertThat(engine.describe()).contains("top-k by 64-bit signs");
    }

    /** Of 100 queries, those whose best rows are the true ones. */
    private int exactAnswers(QuantizedSearch search) {
        int exact = 0;
        for (int i = 0; i < 100; i++) {
            float[] query = shop.query();
            RowMatches truth = search.range(query, Float.NEGATIVE_INFINITY, RowFilter.ALL);
            float[] best = search.topK(query, 10, RowFilter.ALL).scores();
            boolean same = best.length == 10;
            for (int rank = 0; same && rank < best.length; rank++) {
                same = best[rank] == truth.score(rank);
            }
            exact += same ? 1 : 0;
        }
        return exact;
    }
}
