package dev.vitrine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transform against the specification and against the matrix. */
@Tag("width")
class HadamardTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 256, 1024})
    void transform_hasTheBitsOfTheSpecificationAndLeavesTheRestAlone(int length) {
        Random random = new Random(length);
        for (int from : new int[] {0, 1, 7}) {
            float[] data = new float[from + length + 3];
            for (int i = 0; i < data.length; i++) {
                data[i] = (float) random.nextGaussian();
            }
            float[] expected = data.clone();
            new ScalarHadamardKernels().transform(expected, from, length);
            Hadamard.transform(data, from, length);
            assertThat(data).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64, 128})
    void transform_isTheMatrixOfSylvester(int length) {
        for (int column = 0; column < length; column++) {
            float[] data = new float[length];
            data[column] = 1;
            Hadamard.transform(data, 0, length);
            for (int row = 0; row < length; row++) {
                assertThat(data[row]).isEqualTo(Integer.bitCount(row & column) % 2 == 0 ? 1f : -1f);
            }
        }
    }

    @Test
    void transform_ofANaN_isNaNEverywhere() {
        float[] data = new float[64];
        data[17] = Float.NaN;
        Hadamard.transform(data, 0, 64);
        assertThat(data).containsOnly(Float.NaN);
        Arrays.fill(data, Float.MAX_VALUE);
        Hadamard.transform(data, 0, 64);
        assertThat(data[0]).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void badArguments_areRefused() {
        for (int length : new int[] {0, 3, -4, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Hadamard.transform(new float[8], 0, length));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hadamard.transform(new float[8], 1, 8));
    }
}
