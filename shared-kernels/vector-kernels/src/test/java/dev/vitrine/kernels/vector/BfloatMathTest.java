package dev.vitrine.kernels.vector;

import static dev.vitrine.kernels.vector.TestVectors.filled;
import static dev.vitrine.kernels.vector.TestVectors.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** bfloat16 rows against the specification and double precision. */
@Tag("width")
class BfloatMathTest {

    private static final int ROWS = 13;

    private final BfloatKernels specification = new ScalarBfloatKernels();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 383, 384, 385, 1000})
    void bothForms_oddSizesAndOffsets_areWithinRoundingAndEqualEachOther(int dimensions) {
        Random random = new Random(dimensions);
        BfloatRows rows = BfloatRows.allocate(dimensions, ROWS);
        for (int r = 0; r < ROWS; r++) {
            rows.set(r, gaussian(random, dimensions));
        }
        float[] vector = gaussian(random, dimensions);
        float[] query = BfloatMath.query(vector);
        float[] all = new float[ROWS];
        BfloatMath.dotBlock(query, rows, 0, ROWS, all);
        float[] specified = new float[ROWS];
        specification.dotBlock(query, rows, 0, ROWS, specified);
        for (int r = 0; r < ROWS; r++) {
            double exact = 0;
            double absolute = 0;
            for (int i = 0; i < dimensions; i++) {
                double product = (double) vector[i] * rows.component(r, i);
                exact += product;
                absolute += Math.abs(product);
            }
            // See VectorKernelsTest for the bound.
            double bound = (dimensions + 1) * 0x1p-24 * absolute;
            assertThat(Math.abs(all[r] - exact)).isLessThanOrEqualTo(bound);
            assertThat(Math.abs(specified[r] - exact)).isLessThanOrEqualTo(bound);
        }
        for (int first = 0; first < 4; first++) {
            for (int count = 0; count <= 9; count++) {
                float[] block = new float[count + 1];
                block[count] = 77f;
                BfloatMath.dotBlock(query, rows, first, count, block);
                int[] numbers = new int[count];
                for (int i = 0; i < count; i++) {
                    numbers[i] = first + count - 1 - i;
                }
                float[] listed = new float[count + 1];
                listed[count] = 77f;
                BfloatMath.dotRows(query, rows, numbers, count, listed);
                for (int i = 0; i < count; i++) {
                    assertThat(block[i]).isEqualTo(all[first + i]);
                    assertThat(listed[i]).isEqualTo(all[numbers[i]]);
                }
                assertThat(block[count]).isEqualTo(77f);
                assertThat(listed[count]).isEqualTo(77f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 32, 100})
    void extremes_followIeee754AsTheSpecificationDoes(int dimensions) {
        float[] values = {
            0f,
            -0f,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN,
            1f
        };
        BfloatRows rows = BfloatRows.allocate(dimensions, values.length);
        float[] vector = new float[dimensions];
        for (int r = 0; r < values.length; r++) {
            Arrays.fill(vector, values[r]);
            rows.set(r, vector);
        }
        float[] expected = new float[values.length];
        float[] actual = new float[values.length];
        for (float value : values) {
            Arrays.fill(vector, value);
            float[] query = BfloatMath.query(vector);
            specification.dotBlock(query, rows, 0, values.length, expected);
            BfloatMath.dotBlock(query, rows, 0, values.length, actual);
            for (int r = 0; r < values.length; r++) {
                if (Float.isFinite(expected[r])) {
                    assertThat(Math.abs(actual[r] - expected[r]))
                            .isLessThanOrEqualTo(Math.abs(expected[r]) * dimensions * 0x1p-23f);
                } else {
                    // Boxed, because NaN is equal to NaN there.
                    assertThat(actual[r]).isEqualTo(Float.valueOf(expected[r]));
                }
            }
        }
    }

    @Test
    void oneNaN_anywhere_givesNaNInItsRowOnly() {
        int dimensions = 100;
        float[] query = BfloatMath.query(filled(dimensions, 1f));
        float[] scores = new float[5];
        for (int place = 0; place < dimensions; place++) {
            BfloatRows rows = BfloatRows.allocate(dimensions, 5);
            float[] vector = filled(dimensions, 1f);
            vector[place] = Float.NaN;
            rows.set(1, vector);
            rows.set(4, vector);
            BfloatMath.dotBlock(query, rows, 0, 5, scores);
            assertThat(scores[0]).isZero();
            assertThat(scores[1]).isNaN();
            assertThat(scores[4]).isNaN();
        }
    }

    @Test
    void rounding_isToTheNearestAndHalvesToEven() {
        assertThat(rounded(1f)).isEqualTo(1f);
        assertThat(rounded(-0f)).isEqualTo(-0f);
        assertThat(rounded(1f + 0x1p-8f)).isEqualTo(1f);
        assertThat(rounded(1f + 0x1p-7f + 0x1p-8f)).isEqualTo(1f + 0x1p-6f);
        assertThat(rounded(1f + 0x1p-8f + 0x1p-20f)).isEqualTo(1f + 0x1p-7f);
        assertThat(rounded(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(rounded(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(rounded(Float.intBitsToFloat(0x7F80_0001))).isNaN();
        assertThat(rounded(Float.intBitsToFloat(0x7FFF_FFFF))).isNaN();
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            float value = (float) random.nextGaussian();
            assertThat(Math.abs(rounded(value) - value))
                    .isLessThanOrEqualTo(Math.abs(value) * 0x1p-8f);
        }
    }

    @Test
    void badArguments_areRefused() {
        BfloatRows rows = BfloatRows.allocate(3, 2);
        float[] query = BfloatMath.query(new float[3]);
        float[] scores = new float[2];
        assertThatIllegalArgumentException().isThrownBy(() -> BfloatRows.allocate(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> BfloatRows.allocate(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.set(2, new float[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.set(0, new float[4]));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.component(0, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BfloatMath.dotBlock(new float[3], rows, 0, 1, scores));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BfloatMath.dotBlock(query, rows, 1, 2, scores));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BfloatMath.dotBlock(query, rows, 0, 2, new float[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BfloatMath.dotRows(query, rows, new int[] {2}, 1, scores));
    }

    private static float rounded(float value) {
        return BfloatRows.widen(BfloatRows.round(value));
    }
}
