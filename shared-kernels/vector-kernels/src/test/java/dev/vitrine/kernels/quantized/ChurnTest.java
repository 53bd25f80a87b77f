package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing decays: after many replacements an engine is as small and as good as a fresh one. */
class ChurnTest {

    private static final int DIMENSIONS = 64;
    private static final int ROWS = 6_000;
    private static final int ROUNDS = 50;
    private static final int QUERIES = 400;
    private static final int K = 10;

    /**
     * Collections in a row that free nothing: then nothing is left to be freed. Many, because the
     * cleaner may be behind with what tests before left, most of all with mapped files.
     */
    private static final int SETTLED = 25;

    private static final BufferPoolMXBean NATIVE_MEMORY =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .findFirst()
                    .orElseThrow();

    @Test
    void fiftyRoundsThatReplaceATenth_leaveBytesAndRecallAsInAFreshBuild() {
        Random random = new Random(4);
        ShopVectors shop = new ShopVectors(DIMENSIONS, 60, 4);
        float[][] rows = new float[ROWS][];
        long before = settledBytes();
        QuantizedVectorEngine churned = engine(DIMENSIONS, ROWS, 0.98);
        for (int i = 0; i < ROWS; i++) {
            rows[i] = shop.row();
            churned.put(i, rows[i]);
        }
        churned.publish();
        for (int round = 0; round < ROUNDS; round++) {
            int[] replaced = random.ints(0, ROWS).distinct().limit(ROWS / 10).toArray();
            for (int ordinal : replaced) {
                assertThat(churned.remove(ordinal)).isTrue();
            }
            assertThat(churned.publish().rowCount()).isEqualTo(ROWS - ROWS / 10);
            for (int ordinal : replaced) {
                rows[ordinal] = shop.row();
                churned.put(ordinal, rows[ordinal]);
            }
            churned.tend();
            assertThat(churned.publish().rowCount()).isEqualTo(ROWS);
        }
        churned.tend();
        churned.publish();
        long churnedBytes = settledBytes() - before;

        QuantizedVectorEngine fresh = engine(DIMENSIONS, ROWS, 0.98);
        for (int i = 0; i < ROWS; i++) {
            fresh.put(i, rows[i]);
        }
        fresh.tend();
        fresh.publish();
        long freshBytes = settledBytes() - before - churnedBytes;

        float[][] queries = new float[QUERIES][];
        for (int q = 0; q < QUERIES; q++) {
            queries[q] = shop.query();
        }
        assertThat((double) churnedBytes / ROWS).isLessThanOrEqualTo(1.1 * freshBytes / ROWS);
        assertThat(recall(churned.current(), queries))
                .isGreaterThanOrEqualTo(recall(fresh.current(), queries) - 0.005);
    }

    /** An empty engine. */
    QuantizedVectorEngine engine(int dimensions, int rows, double target) {
        return new QuantizedVectorEngine(
                dimensions, rows, target, QuantizedVectorEngine.EXACT_ROWS, Clustering.NEVER);
    }

    /** Native memory that is reachable, whoever holds it. */
    private static long settledBytes() {
        long least = Long.MAX_VALUE;
        int unchanged = 0;
        while (unchanged < SETTLED) {
            System.gc();
            long now = NATIVE_MEMORY.getMemoryUsed();
            unchanged = now < least ? 0 : unchanged + 1;
            least = Math.min(least, now);
        }
        return least;
    }

    /** By scores: equal rows may stand for each other. */
    private static double recall(VectorSearch search, float[][] queries) {
        int found = 0;
        for (float[] query : queries) {
            RowMatches truth = search.range(query, Float.NEGATIVE_INFINITY, RowFilter.ALL);
            RowMatches best = search.topK(query, K, RowFilter.ALL);
            for (int i = 0; i < best.size(); i++) {
                found += best.score(i) >= truth.score(K - 1) ? 1 : 0;
            }
        }
        return (double) found / K / queries.length;
    }
}
