package dev.vitrine.kernels.vector;

import static dev.vitrine.kernels.vector.TestVectors.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many queries at once against each alone, whose results are tested for themselves. */
@Tag("width")
class BatchMathTest {

    private static final int SENTINEL = 77;
    private static final int ROWS = 13;
    private static final int QUERIES = 7;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 65, 127, 383, 384, 385, 1000})
    void floats_oddSizesAndOffsets_haveTheBitsOfSingleQueries(int dimensions) {
        Random random = new Random(dimensions);
        float[][] vectors = new float[QUERIES][];
        NativeRows queries = NativeRows.allocate(dimensions, QUERIES);
        for (int q = 0; q < QUERIES; q++) {
            vectors[q] = gaussian(random, dimensions);
            queries.set(q, vectors[q]);
        }
        NativeRows rows = NativeRows.allocate(dimensions, ROWS);
        for (int r = 0; r < ROWS; r++) {
            rows.set(r, gaussian(random, dimensions));
        }
        for (int queryCount = 0; queryCount <= 5; queryCount++) {
            for (int count = 0; count <= 9; count++) {
                int firstQuery = queryCount % 3;
                int firstRow = count % 5;
                float[] scores = new float[queryCount * count + 1];
                Arrays.fill(scores, SENTINEL);
                BatchMath.dotBlock(queries, firstQuery, queryCount, rows, firstRow, count, scores);
                float[] alone = new float[count];
                for (int q = 0; q < queryCount; q++) {
                    VectorMath.dotBlock(vectors[firstQuery + q], rows, firstRow, count, alone, 0);
                    assertThat(Arrays.copyOfRange(scores, q * count, (q + 1) * count))
                            .isEqualTo(alone);
                }
                assertThat(scores[queryCount * count]).isEqualTo(SENTINEL);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 33, 100})
    void floats_extremes_followIeee754(int dimensions) {
        float[] values = {
            0f,
            -0f,
            Float.MIN_VALUE,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN,
            1f
        };
        NativeRows rows = NativeRows.allocate(dimensions, values.length);
        float[] vector = new float[dimensions];
        for (int r = 0; r < values.length; r++) {
            Arrays.fill(vector, values[r]);
            rows.set(r, vector);
        }
        float[] scores = new float[values.length * values.length];
        BatchMath.dotBlock(rows, 0, values.length, rows, 0, values.length, scores);
        float[] alone = new float[values.length];
        for (int q = 0; q < values.length; q++) {
            Arrays.fill(vector, values[q]);
            VectorMath.dotBlock(vector, rows, 0, values.length, alone, 0);
            for (int r = 0; r < values.length; r++) {
                // Boxed, because NaN is equal to NaN there.
                assertThat(scores[q * values.length + r]).isEqualTo(Float.valueOf(alone[r]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 384, 385})
    void bytes_oddSizesOffsetsAndExtremes_areThoseOfSingleQueries(int dimensions) {
        Random random = new Random(dimensions);
        short[][] queries = new short[QUERIES][];
        ByteRows rows = ByteRows.allocate(dimensions, ROWS);
        for (int r = 0; r < ROWS; r++) {
            byte[] codes = new byte[dimensions];
            for (int i = 0; i < dimensions; i++) {
                codes[i] = (byte) (random.nextInt(255) - 127);
            }
            if (r < 2) {
                Arrays.fill(codes, (byte) (r == 0 ? 127 : -127));
            }
            rows.set(r, codes);
            queries[r % QUERIES] = CodeMath.query(codes);
        }
        queries[0] = CodeMath.query(filled(dimensions, (byte) -127));
        for (int queryCount = 0; queryCount <= QUERIES; queryCount++) {
            int count = ROWS - queryCount;
            int[] sums = new int[queryCount * count + 1];
            sums[queryCount * count] = SENTINEL;
            BatchMath.dotBlock(queries, queryCount, rows, queryCount, count, sums);
            int[] alone = new int[count];
            for (int q = 0; q < queryCount; q++) {
                CodeMath.dotBlock(queries[q], rows, queryCount, count, alone);
                assertThat(Arrays.copyOfRange(sums, q * count, (q + 1) * count)).isEqualTo(alone);
            }
            assertThat(sums[queryCount * count]).isEqualTo(SENTINEL);
        }
    }

    @Test
    void badArguments_areRefused() {
        NativeRows rows = NativeRows.allocate(3, 2);
        NativeRows other = NativeRows.allocate(4, 2);
        float[] scores = new float[4];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchMath.dotBlock(other, 0, 1, rows, 0, 1, scores));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchMath.dotBlock(rows, 1, 2, rows, 0, 1, scores));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchMath.dotBlock(rows, 0, 2, rows, 1, 2, scores));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchMath.dotBlock(rows, 0, 2, rows, 0, 2, new float[3]));
        ByteRows codes = ByteRows.allocate(3, 2);
        short[][] queries = {CodeMath.query(new byte[3]), new short[3]};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchMath.dotBlock(queries, 2, codes, 0, 1, new int[2]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchMath.dotBlock(queries, 1, codes, 1, 2, new int[2]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchMath.dotBlock(queries, 1, codes, 0, 2, new int[1]));
    }

    private static byte[] filled(int length, byte value) {
        byte[] codes = new byte[length];
        Arrays.fill(codes, value);
        return codes;
    }
}
