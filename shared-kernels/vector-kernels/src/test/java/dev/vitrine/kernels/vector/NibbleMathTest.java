package dev.vitrine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 4-bit codes against plain arithmetic. */
@Tag("width")
class NibbleMathTest {

    private static final int ROWS = 11;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 63, 127, 128, 129, 255, 383, 384, 385, 1000})
    void bothForms_oddSizesOffsetsAndExtremes_areExact(int dimensions) {
        Random random = new Random(dimensions);
        NibbleRows rows = NibbleRows.allocate(dimensions, ROWS);
        byte[][] codes = new byte[ROWS][dimensions];
        for (int r = 0; r < ROWS; r++) {
            for (int i = 0; i < dimensions; i++) {
                codes[r][i] = (byte) (r == 3 ? NibbleRows.CODE_MAX : random.nextInt(16));
            }
            rows.set(r, codes[r]);
        }
        byte[] any = new byte[dimensions];
        for (int i = 0; i < dimensions; i++) {
            any[i] = (byte) (random.nextInt(255) - 127);
        }
        byte[] largest = new byte[dimensions];
        Arrays.fill(largest, (byte) 127);
        byte[] smallest = new byte[dimensions];
        Arrays.fill(smallest, (byte) -127);
        for (byte[] vector : new byte[][] {any, largest, smallest}) {
            short[] query = NibbleMath.query(vector);
            for (int first = 0; first < 4; first++) {
                int count = ROWS - 2 * first;
                int[] sums = new int[count + 1];
                sums[count] = 77;
                NibbleMath.dotBlock(query, rows, first, count, sums);
                int[] numbers = new int[count];
                for (int i = 0; i < count; i++) {
                    numbers[i] = first + count - 1 - i;
                }
                int[] listed = new int[count + 1];
                listed[count] = 77;
                NibbleMath.dotRows(query, rows, numbers, count, listed);
                for (int i = 0; i < count; i++) {
                    assertThat(sums[i]).isEqualTo(dot(vector, codes[first + i]));
                    assertThat(listed[i]).isEqualTo(dot(vector, codes[numbers[i]]));
                }
                assertThat(sums[count]).isEqualTo(77);
                assertThat(listed[count]).isEqualTo(77);
            }
        }
    }

    @Test
    void badArguments_areRefused() {
        NibbleRows rows = NibbleRows.allocate(3, 2);
        short[] query = NibbleMath.query(new byte[3]);
        int[] sums = new int[2];
        assertThatIllegalArgumentException().isThrownBy(() -> NibbleRows.allocate(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> NibbleRows.allocate(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.set(2, new byte[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.set(0, new byte[2]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows.set(0, new byte[] {0, NibbleRows.CODE_MAX + 1, 0}));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.set(0, new byte[] {0, -1, 0}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NibbleMath.query(new byte[] {Byte.MIN_VALUE}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NibbleMath.dotBlock(new short[3], rows, 0, 1, sums));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NibbleMath.dotBlock(query, rows, 1, 2, sums));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NibbleMath.dotBlock(query, rows, 0, 2, new int[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NibbleMath.dotRows(query, rows, new int[] {-1}, 1, sums));
    }

    private static int dot(byte[] query, byte[] codes) {
        int sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += query[i] * codes[i];
        }
        return sum;
    }
}
