package dev.vitrine.benchmarks.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.exact.ExactSearch;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VectorRunTest {

    private static final int ROWS = 400;
    private static final int ROUNDS = 3;
    private static final float[][] QUERIES = vectors(20, 2);

    private final ExactSearch exact = engine(vectors(ROWS, 1));
    private final VectorIndex ours = new Head("ours", "head", exact);
    private final VectorIndex peer = new Head("peer", "head", exact);
    private final VectorRun run =
            new VectorRun(
                    List.of(ours, peer),
                    exact,
                    QUERIES,
                    ROUNDS,
                    Duration.ofNanos(1),
                    Clock.WALL,
                    new PrintWriter(new StringWriter()));

    private static float[][] vectors(int count, int seed) {
        Random random = new Random(seed);
        float[][] vectors = new float[count][8];
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
        return vectors;
    }

    private static ExactSearch engine(float[][] rows) {
        ExactVectorEngine engine = new ExactVectorEngine(8, ROWS);
        for (int i = 0; i < rows.length; i++) {
            engine.put(i, rows[i]);
        }
        return engine.publish();
    }

    /** Looks at the first rows only: what it misses is known. */
    private record Head(String engine, String variant, ExactSearch exact) implements VectorIndex {

        @Override
        public double buildSeconds() {
            return 1;
        }

        @Override
        public List<Setting> settings() {
            return IntStream.of(100, 380, 390, ROWS, 2 * ROWS)
                    .mapToObj(rows -> new Setting("rows=" + rows, rows, 0))
                    .toList();
        }

        @Override
        public Searcher searcher(Setting setting, RowSubset filter) {
            RowFilter head =
                    index -> {
                        long word = 0;
                        for (int row = 64 * index; row < Math.min(64 * index + 64, ROWS); row++) {
                            if (row < setting.breadth() && filter.contains(row)) {
                                word |= 1L << row;
                            }
                        }
                        return word;
                    };
            return (query, k) -> exact.topK(query, k, head).ordinals();
        }

        @Override
        public OptionalDouble replace(int[] ordinals, float[][] vectors) {
            return OptionalDouble.of(ordinals.length);
        }

        @Override
        public void close() {}
    }

    @Test
    void measuresUsefulSettingsInEveryRound() throws Exception {
        run.searches(List.of(1, 2), List.of());
        assertThat(run.measured())
                .allSatisfy(point -> {
                    assertThat(point.rates())
                            .hasSize(ROUNDS)
                            .allSatisfy(rate -> assertThat(rate).isPositive());
                    assertThat(point.recall10()).isBetween(.86, 1.0);
                })
                .extracting(Measured::setting)
                .doesNotContain("rows=100");
        assertThat(run.measured()).extracting(Measured::threads).contains(1, 2);
    }

    @Test
    void asksNoMoreOfASettingThanIsEnough() throws Exception {
        run.searches(List.of(1), List.of());
        assertThat(run.measured())
                .extracting(Measured::setting)
                .contains("rows=" + ROWS)
                .doesNotContain("rows=" + 2 * ROWS);
    }

    @Test
    void measuresUnderFiltersToo() throws Exception {
        run.searches(List.of(1), List.of(.5));
        assertThat(run.measured())
                .filteredOn(point -> point.filterShare() == .5)
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.recall10()).isBetween(.86, 1.0));
    }

    @Test
    void replacesATwentiethOfTheRows() throws Exception {
        run.searches(List.of(1), List.of());
        run.updates();
        assertThat(run.replacedRate().get(ours)).hasValue(ROWS / 20);
    }
}
