package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each catalogue gets the plan that it needs, and both reach what was asked for. */
class TwoCatalogsTest {

    private static final int ROWS = 8_000;
    private static final int QUERIES = 500;
    private static final int K = 10;

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.95, 0.98, 0.995})
    void targetIsMetInBoth_byDifferentPlans(double target) {
        SearchPlan crowded = planThatMeets(target, new ShopVectors(128, 8, 31), 128);
        SearchPlan scattered = planThatMeets(target, new ShopVectors(64, 400, 32), 64);
        assertThat(Math.abs(crowded.margin() - scattered.margin()))
                .isGreaterThan(0.1 * Math.max(crowded.margin(), scattered.margin()));
    }

    /** Learns from some queries and is measured with others. */
    private static SearchPlan planThatMeets(double target, ShopVectors shop, int dimensions) {
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(
                        dimensions,
                        ROWS,
                        target,
                        QuantizedVectorEngine.EXACT_ROWS,
                        Clustering.NEVER);
        ExactVectorEngine exact = new ExactVectorEngine(dimensions, ROWS);
        for (int i = 0; i < ROWS; i++) {
            float[] row = shop.row();
            engine.put(i, row);
            exact.put(i, row);
        }
        exact.publish();
        for (int i = 0; i < QUERIES; i++) {
            engine.publish().topK(shop.query(), K, RowFilter.ALL);
        }
        assertThat(engine.tend()).isTrue();
        QuantizedSearch search = engine.publish();
        float[][] held = new float[QUERIES][];
        Arrays.setAll(held, i -> shop.query());
        assertThat(Recall.of(search, exact.current(), held, RowFilter.ALL, K))
                .isGreaterThanOrEqualTo(target - 0.01);
        return Objects.requireNonNull(search.signs()).plan();
    }
}
