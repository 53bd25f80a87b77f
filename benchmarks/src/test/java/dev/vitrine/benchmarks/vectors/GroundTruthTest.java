package dev.vitrine.benchmarks.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.kernels.exact.ExactVectorEngine;
import org.junit.jupiter.api.Test;

class GroundTruthTest {

    private static final float[][] QUERY = {{1, 0}};

    private static ExactVectorEngine rows(float... firstComponents) {
        ExactVectorEngine engine = new ExactVectorEngine(2, 100);
        for (int i = 0; i < firstComponents.length; i++) {
            engine.put(i, new float[] {firstComponents[i], 0});
        }
        return engine;
    }

    private static GroundTruth truth(ExactVectorEngine engine, RowSubset filter) {
        return GroundTruth.of(engine.publish(), QUERY, filter, 3);
    }

    @Test
    void countsWhatIsAmongTheBest() {
        GroundTruth truth = truth(rows(.9f, .8f, .7f, .6f, .5f), RowSubset.all(5));
        assertThat(truth.recall(0, new int[] {0, 1, 2}, 3)).isEqualTo(1);
        assertThat(truth.recall(0, new int[] {2, 4, 0}, 3)).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(truth.recall(0, new int[] {}, 3)).isZero();
    }

    @Test
    void takesAnyOfEqualRows() {
        GroundTruth truth = truth(rows(.9f, .8f, .8f, .8f, .8f), RowSubset.all(5));
        assertThat(truth.recall(0, new int[] {0, 3, 4}, 3)).isEqualTo(1);
    }

    @Test
    void looksAtNoMoreResultsThanAskedFor() {
        GroundTruth truth = truth(rows(.9f, .8f, .7f, .6f), RowSubset.all(4));
        assertThat(truth.recall(0, new int[] {3, 0, 1}, 1)).isZero();
    }

    @Test
    void expectsOnlyWhatPassesTheFilter() {
        GroundTruth truth =
                truth(rows(.9f, .8f, .7f, .6f), new RowSubset(.5, new long[] {0b1010}, 2));
        assertThat(truth.recall(0, new int[] {1, 3}, 3)).isEqualTo(1);
    }
}
