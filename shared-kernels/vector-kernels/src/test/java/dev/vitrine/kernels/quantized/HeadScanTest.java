package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.exact.ExactSearch;
import dev.vitrine.kernels.exact.FloatRows;
import dev.vitrine.kernels.paged.StoredPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Heads rule out most rows that score less, and none that scores enough. */
class HeadScanTest {

    private static final int DIMENSIONS = 160;
    private static final int ROWS = 6_400;
    private static final int QUERIES = 50;

    /** Of the directions of a random basis the first ones matter most, as in embeddings. */
    private static float[] vector(Random random, double decay) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (0.05 + random.nextGaussian() * Math.exp(-decay * i));
        }
        return vector;
    }

    @Test
    void decayingSpectrum_headsAreShort_andRuleOutMostRows() {
        assertThat(share(0.05)).isLessThan(0.1);
        assertThat(learned(0.05).encoder().directions()).isLessThan(DIMENSIONS);
    }

    @Test
    void flatSpectrum_headsAreLonger() {
        assertThat(learned(0).encoder().directions())
                .isGreaterThan(learned(0.05).encoder().directions());
    }

    /** Learning of all directions takes time that grows with their cube. */
    @Test
    void manyDimensions_headsOfSomeAreLearned() {
        int dimensions = HeadLearner.AXES_MAX + 128;
        FloatRows rows = new FloatRows(dimensions, 3_000);
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            float[] row = new float[dimensions];
            for (int d = 0; d < dimensions; d++) {
                row[d] = (float) random.nextGaussian();
            }
            rows.put(i, row);
        }
        assertThat(HeadLearner.learn(rows.publish(), List.of()).directions())
                .isBetween(1, HeadLearner.AXES_MAX);
    }

    @Test
    void rangesThatReturnManyRows_headsAreLonger() {
        ExactSearch exact = new ExactSearch(rows(0.05).publish());
        Random random = new Random(9);
        List<QuerySample.Range> ranges = new ArrayList<>();
        for (int i = 0; i < PlanFinder.QUERIES_MIN; i++) {
            float[] query = vector(random, 0.05);
            RowMatches best = exact.topK(query, ROWS / 10, RowFilter.ALL);
            ranges.add(new QuerySample.Range(query, best.score(best.size() - 1)));
        }

        assertThat(HeadLearner.learn(rows(0.05).publish(), ranges).directions())
                .isGreaterThan(learned(0.05).encoder().directions());
    }

    /**
     * Rows that pass for the score of the best hundredth, after a check that these are among them.
     */
    private static double share(double decay) {
        HeadView heads = learned(decay);
        ExactSearch exact = new ExactSearch(rows(decay).publish());
        Random random = new Random(9);
        long passing = 0;
        for (int i = 0; i < QUERIES; i++) {
            float[] query = vector(random, decay);
            RowMatches best = exact.topK(query, ROWS / 100, RowFilter.ALL);
            HeadScan scan = new HeadScan(heads, query);
            long[] words = new long[ROWS / Long.SIZE];
            for (int p = 0; p < words.length; p++) {
                words[p] = scan.notUnder(p, -1L, best.score(best.size() - 1));
                passing += Long.bitCount(words[p]);
            }
            for (int ordinal : best.ordinals()) {
                assertThat(words[ordinal / Long.SIZE] >>> ordinal & 1).isEqualTo(1);
            }
        }
        return (double) passing / QUERIES / ROWS;
    }

    private static HeadView learned(double decay) {
        FloatRows rows = rows(decay);
        HeadEncoder encoder = HeadLearner.learn(rows.publish(), List.of());
        HeadRows heads = new HeadRows(encoder, DIMENSIONS, ROWS, StoredPages.none());
        heads.fill(rows.current());
        return HeadView.of(heads);
    }

    private static FloatRows rows(double decay) {
        FloatRows rows = new FloatRows(DIMENSIONS, ROWS);
        Random random = new Random(1);
        for (int i = 0; i < ROWS; i++) {
            rows.put(i, vector(random, decay));
        }
        return rows;
    }
}
