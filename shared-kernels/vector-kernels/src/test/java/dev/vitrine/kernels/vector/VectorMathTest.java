package dev.vitrine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VectorMathTest {

    private final NativeRows rows = NativeRows.allocate(3, 4);
    private final float[] query = {1f, 2f, 3f};

    @Test
    void dot_differentLengths_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorMath.dot(query, new float[2]))
                .withMessage("vectors of different length: 3 and 2");
    }

    @Test
    void dotBlock_outsideRowsOrScores_isRefused() {
        float[] scores = new float[4];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorMath.dotBlock(new float[4], rows, 0, 1, scores, 0))
                .withMessage("a query of 4 for rows of 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorMath.dotBlock(query, rows, 2, 3, scores, 0))
                .withMessage("3 rows from 2 on, but there are 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorMath.dotBlock(query, rows, -1, 1, scores, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> VectorMath.dotBlock(query, rows, 1, Integer.MAX_VALUE, scores, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorMath.dotBlock(query, rows, 0, 4, scores, 1))
                .withMessage("4 scores from 1 on, but there are 4");
    }

    @Test
    void dotRows_outsideRowsOrArrays_isRefused() {
        float[] scores = new float[2];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorMath.dotRows(query, rows, new int[] {0, 4}, 2, scores))
                .withMessage("row 4 is outside 0 to 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorMath.dotRows(query, rows, new int[] {-1}, 1, scores));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorMath.dotRows(query, rows, new int[] {1}, 2, scores));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorMath.dotRows(query, rows, new int[3], 3, scores));
    }

    @Test
    void normalize_anyFiniteVector_hasLengthOne() {
        float[] vector = {3f, 4f};
        assertThat(VectorMath.normalize(vector)).isEqualTo(5.0);
        assertThat(vector).containsExactly(0.6f, 0.8f);

        float[] huge = {Float.MAX_VALUE, Float.MAX_VALUE};
        VectorMath.normalize(huge);
        assertThat(VectorMath.dot(huge, huge)).isCloseTo(1f, within(1e-6f));

        float[] tiny = {Float.MIN_VALUE, 0f};
        VectorMath.normalize(tiny);
        assertThat(tiny).containsExactly(1f, 0f);
    }

    @Test
    void normalize_withoutDirection_isRefusedAndLeftAlone() {
        for (float bad : new float[] {0f, Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] vector = {bad, 0f};
            assertThatIllegalArgumentException().isThrownBy(() -> VectorMath.normalize(vector));
            assertThat(vector).containsExactly(bad, 0f);
        }
    }

    @Test
    void isFinite_seesNaNAndInfinityAnywhere() {
        assertThat(VectorMath.isFinite(new float[0])).isTrue();
        assertThat(VectorMath.isFinite(new float[] {-0f, Float.MAX_VALUE, -1f})).isTrue();
        assertThat(VectorMath.isFinite(new float[] {1f, Float.NaN})).isFalse();
        assertThat(VectorMath.isFinite(new float[] {Float.NEGATIVE_INFINITY, 1f})).isFalse();
    }

    @Test
    void warmUp_reportsTimeOfARow() {
        assertThat(VectorMath.warmUp(16, Duration.ofMillis(1))).isPositive();
    }
}
