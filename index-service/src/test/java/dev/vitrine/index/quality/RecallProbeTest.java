package dev.vitrine.index.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.kernels.engine.MatchConsumer;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecallProbeTest {

    /** More than one batch of the scan. */
    private static final int ROWS = 10_000;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final QualityMeters meters = new QualityMeters(registry);
    private final VectorSearch exact = Rows.of(ROWS);

    @Test
    void exactEngine_findsEverything_inTheClassOfItsFilter() {
        // Of the last one fewer rows pass than neighbours are looked for.
        for (int passing : new int[] {ROWS, 150, 4}) {
            meters.compared(RecallProbe.compare(search(exact, passing)));
        }
        assertThat(gauge("index.vector.recall", "nearest", "all")).isEqualTo(1);
        assertThat(gauge("index.vector.recall", "nearest", "1%")).isEqualTo(1);
        assertThat(gauge("index.vector.recall", "nearest", "less")).isEqualTo(1);
        assertThat(gauge("index.vector.recall", "range", "all")).isEqualTo(1);
        assertThat(gauge("index.vector.recall", "range", "1%")).isEqualTo(1);
        assertThat(gauge("index.vector.recall.low", "range", "all")).isBetween(0.1, 0.9);
        assertThat(gauge("index.vector.recall.high", "range", "all")).isCloseTo(1, within(1e-9));
        assertThat(gauge("index.vector.recall.queries", "range", "all")).isEqualTo(1);
        assertThat(gauge("index.vector.recall", "nearest", "10%")).isNaN();
    }

    @Test
    void nothingToFind_isNoComparison() {
        Comparison nothing = RecallProbe.compare(search(exact, 0));
        assertThat(nothing.range()).isNaN();
        assertThat(nothing.nearest()).isNaN();
        meters.compared(nothing);
        assertThat(gauge("index.vector.recall.queries", "range", "less")).isZero();
        assertThat(gauge("index.vector.recall.queries", "nearest", "less")).isZero();
    }

    @Test
    void engineThatLosesRows_isFoundOut() {
        VectorSearch losing = new LosingSearch(exact);
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            meters.compared(RecallProbe.compare(Rows.served(losing, Rows.vector(random), ROWS)));
        }
        assertThat(gauge("index.vector.recall", "nearest", "all")).isCloseTo(0.8, within(1e-9));
        assertThat(gauge("index.vector.recall.high", "nearest", "all")).isLessThan(0.87);
        assertThat(gauge("index.vector.recall", "range", "all")).isBetween(0.99, 0.9999);
    }

    private static ServedSearch search(VectorSearch rows, int passing) {
        return Rows.served(rows, Rows.vector(new Random(5)), passing);
    }

    private double gauge(String name, String search, String selectivity) {
        return registry.get(name)
                .tags("search", search, "selectivity", selectivity)
                .gauge()
                .value();
    }

    /** Loses the second and the third of the nearest, as an engine with bad codes would. */
    private record LosingSearch(VectorSearch whole) implements VectorSearch {

        @Override
        public RowMatches topK(float[] query, int k, RowFilter filter) {
            return without(whole.topK(query, k + 2, filter));
        }

        private static RowMatches without(RowMatches all) {
            int[] ordinals = new int[all.size() - 2];
            float[] scores = new float[ordinals.length];
            for (int i = 0; i < ordinals.length; i++) {
                ordinals[i] = all.ordinal(i == 0 ? 0 : i + 2);
                scores[i] = all.score(i == 0 ? 0 : i + 2);
            }
            return new RowMatches(ordinals, scores);
        }

        @Override
        public int dimensions() {
            return whole.dimensions();
        }

        @Override
        public int rowCount() {
            return whole.rowCount();
        }

        @Override
        public int ordinalLimit() {
            return whole.ordinalLimit();
        }

        @Override
        public boolean contains(int ordinal) {
            return whole.contains(ordinal);
        }

        @Override
        public boolean copyRow(int ordinal, float[] target) {
            return whole.copyRow(ordinal, target);
        }

        @Override
        public RowMatches range(float[] query, float minScore, RowFilter filter) {
            return without(whole.range(query, minScore, filter));
        }

        @Override
        public void forEachInRange(
                float[] query, float minScore, RowFilter filter, MatchConsumer consumer) {
            whole.forEachInRange(query, minScore, filter, consumer);
        }

        @Override
        public float[] scores(float[] query, int[] ordinals) {
            return whole.scores(query, ordinals);
        }
    }
}
