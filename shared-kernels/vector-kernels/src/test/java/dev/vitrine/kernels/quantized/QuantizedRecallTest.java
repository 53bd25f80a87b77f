package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plan promises holds for queries that it was not found on, with and without filters. */
class QuantizedRecallTest {

    private static final int DIMENSIONS = 96;
    private static final int ROWS = 12_000;
    private static final int CLUSTERS = 60;
    private static final int QUERIES = 600;
    private static final int K = 10;

    private static final float[][] rows = new float[ROWS][];
    private static final int[] clusters = new int[ROWS];
    private static final float[][] learned = new float[QUERIES][];
    private static final float[][] held = new float[QUERIES][];
    private static final ExactVectorEngine exact = new ExactVectorEngine(DIMENSIONS, ROWS);

    @BeforeAll
    static void make() {
        ShopVectors shop = new ShopVectors(DIMENSIONS, CLUSTERS, 21);
        for (int i = 0; i < ROWS; i++) {
            clusters[i] = i % CLUSTERS;
            rows[i] = shop.row(clusters[i]);
            exact.put(i, rows[i]);
        }
        exact.publish();
        for (int i = 0; i < QUERIES; i++) {
            learned[i] = shop.query();
            held[i] = shop.query();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.98, 0.995})
    void target_isMetOnQueriesNotSeen(double target) {
        VectorSearch search = learnedEngine(target).publish();
        double recall = recall(search, RowFilter.ALL, K);
        assertThat(recall).isBetween(target - 0.01, 1.0);
        // Nor is work wasted on a recall that nobody asked for.
        assertThat(recall).isLessThan(target + (1 - target) * 0.8);
    }

    @Test
    void plans_differBetweenTargets() {
        assertThat(learnedEngine(0.9).describe()).isNotEqualTo(learnedEngine(0.995).describe());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.1, 0.01, 0.001, 0.0001})
    void filter_atAnySelectivity_losesNothing(double selectivity) {
        VectorSearch search = learnedEngine(0.98).publish();
        double free = recall(search, RowFilter.ALL, K);
        Random random = new Random(3);
        long[] words = new long[(ROWS + 63) / 64];
        for (int i = 0; i < Math.max(1, ROWS * selectivity); i++) {
            int ordinal = random.nextInt(ROWS);
            words[ordinal / 64] |= 1L << ordinal;
        }
        assertThat(recall(search, RowFilter.of(words), K)).isGreaterThanOrEqualTo(free - 0.01);
    }

    /** Filters that let just those clusters pass where queries find most, or least. */
    @Test
    void filter_correlatedWithTheQuery_losesNothing() {
        VectorSearch search = learnedEngine(0.98).publish();
        double free = recall(search, RowFilter.ALL, K);
        for (int from : new int[] {0, CLUSTERS / 2}) {
            long[] words = new long[(ROWS + 63) / 64];
            for (int i = 0; i < ROWS; i++) {
                if (clusters[i] >= from && clusters[i] < from + CLUSTERS / 2) {
                    words[i / 64] |= 1L << i;
                }
            }
            assertThat(recall(search, RowFilter.of(words), K)).isGreaterThanOrEqualTo(free - 0.01);
        }
    }

    /** For each query a filter that keeps just its best rows away: few, many, most. */
    @ParameterizedTest
    @ValueSource(ints = {100, ROWS / 5, ROWS * 4 / 5})
    void filter_thatKeepsTheBestAway_losesNothing(int away) {
        QuantizedSearch search = learnedEngine(0.98).publish();
        double free = recall(search, RowFilter.ALL, K);
        int found = 0;
        for (int q = 0; q < QUERIES / 3; q++) {
            long[] words = new long[(ROWS + 63) / 64];
            Arrays.fill(words, -1L);
            for (int ordinal : exact.current().topK(held[q], away, RowFilter.ALL).ordinals()) {
                words[ordinal / 64] &= ~(1L << ordinal);
            }
            float[][] query = {held[q]};
            found +=
                    (int)
                            Math.round(
                                    K
                                            * Recall.of(
                                                    search,
                                                    exact.current(),
                                                    query,
                                                    RowFilter.of(words),
                                                    K));
        }
        assertThat(3.0 * found / K / QUERIES).isGreaterThanOrEqualTo(free - 0.01);
    }

    /** Ten rounds in which a tenth of the rows is replaced. */
    @Test
    void replacedRows_costNoRecall() {
        QuantizedVectorEngine engine = learnedEngine(0.98);
        double before = recall(engine.publish(), RowFilter.ALL, K);
        Random random = new Random(8);
        float[] vector = new float[DIMENSIONS];
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < ROWS / 10; i++) {
                int ordinal = random.nextInt(ROWS);
                // Taken away and put back in another place of time, as a nightly feed does.
                assertThat(exact.current().copyRow(ordinal, vector)).isTrue();
                engine.remove(ordinal);
                engine.put(ordinal, vector);
            }
            engine.publish();
            engine.tend();
        }
        VectorSearch after = engine.publish();
        assertThat(after.rowCount()).isEqualTo(ROWS);
        assertThat(recall(after, RowFilter.ALL, K)).isGreaterThanOrEqualTo(before - 0.005);
    }

    @Test
    void everythingRemoved_nothingIsPlannedOnNothing() {
        QuantizedVectorEngine engine = learnedEngine(0.98);
        for (int i = 0; i < ROWS; i++) {
            engine.remove(i);
        }
        engine.publish();
        assertThat(engine.tend()).isFalse();
        assertThat(engine.publish().topK(held[0], K, RowFilter.ALL).size()).isZero();
    }

    /** An empty engine. */
    QuantizedVectorEngine engine(int dimensions, int rows, double target) {
        return new QuantizedVectorEngine(
                dimensions, rows, target, QuantizedVectorEngine.EXACT_ROWS, Clustering.NEVER);
    }

    final QuantizedVectorEngine learnedEngine(double target) {
        QuantizedVectorEngine engine = engine(DIMENSIONS, ROWS, target);
        for (int i = 0; i < ROWS; i++) {
            engine.put(i, rows[i]);
        }
        assertThat(engine.tend()).isTrue();
        VectorSearch search = engine.publish();
        for (float[] query : learned) {
            search.topK(query, K, RowFilter.ALL);
        }
        assertThat(engine.tend()).isTrue();
        return engine;
    }

    private static double recall(VectorSearch search, RowFilter filter, int k) {
        return Recall.of(search, exact.current(), held, filter, k);
    }
}
