package dev.vitrine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The integer kernels of this JVM against plain arithmetic, at every width that the build runs. */
@Tag("width")
class CodeMathTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 63, 64, 65, 127, 128, 383, 384, 385, 1000})
    void byteDots_oddSizes_areExact(int dimensions) {
        Random random = new Random(dimensions);
        int count = 13;
        ByteRows rows = ByteRows.allocate(dimensions, count);
        byte[][] vectors = new byte[count][];
        for (int r = 0; r < count; r++) {
            vectors[r] = bytes(random, dimensions);
            rows.set(r, vectors[r]);
        }
        // Extremes: the largest sums of both signs.
        Arrays.fill(vectors[3], (byte) 127);
        Arrays.fill(vectors[4], (byte) -127);
        rows.set(3, vectors[3]);
        rows.set(4, vectors[4]);
        for (byte[] codes : new byte[][] {bytes(random, dimensions), vectors[3], vectors[4]}) {
            short[] query = CodeMath.query(codes);
            int[] sums = new int[count];
            CodeMath.dotBlock(query, rows, 0, count, sums);
            ByteRows[] places = new ByteRows[count];
            int[] numbers = new int[count];
            for (int i = 0; i < count; i++) {
                places[i] = rows;
                numbers[i] = count - 1 - i;
            }
            int[] each = new int[count];
            CodeMath.dotEach(query, places, numbers, count, each);
            for (int r = 0; r < count; r++) {
                assertThat(sums[r]).isEqualTo(dot(codes, vectors[r]));
                assertThat(each[count - 1 - r]).isEqualTo(sums[r]);
            }
            int[] two = new int[2];
            CodeMath.dotBlock(query, rows, 5, 2, two);
            assertThat(two).containsExactly(sums[5], sums[6]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 96, 160, 400})
    void blockDots_atTheLimitsOf16Bits_areExact(int dimensions) {
        Random random = new Random(dimensions);
        ByteBlock block = ByteBlock.allocate(dimensions);
        byte[][] rows = new byte[ByteBlock.ROWS][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = bytes(random, dimensions);
            if (r < 2) {
                Arrays.fill(rows[r], (byte) (r == 0 ? 127 : -127));
            }
            block.set(r, rows[r]);
        }
        int most = ByteBlock.GROUP_SUM_MAX / ByteBlock.GROUP;
        for (int kind = 0; kind < 3; kind++) {
            int sign = kind - 1;
            int[] query = new int[dimensions];
            Arrays.setAll(
                    query, i -> sign == 0 ? random.nextInt(2 * most + 1) - most : sign * most);
            int[] sums = new int[ByteBlock.ROWS];
            CodeMath.dotBlock(CodeMath.blockQuery(query), block.copy(), sums);
            for (int r = 0; r < rows.length; r++) {
                int expected = 0;
                for (int i = 0; i < dimensions; i++) {
                    expected += query[i] * rows[r][i];
                }
                assertThat(sums[r]).isEqualTo(expected);
            }
        }
    }

    @Test
    void notUnder_tellsEachValue_andKeepsNaN() {
        Random random = new Random(4);
        float[] values = new float[80];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 7 == 0 ? Float.NaN : random.nextInt(5);
        }
        for (float limit : new float[] {2, Float.NEGATIVE_INFINITY, Float.NaN}) {
            long mask = CodeMath.notUnder(values, 9, limit);
            for (int i = 0; i < Long.SIZE; i++) {
                assertThat(mask >>> i & 1).isEqualTo(values[9 + i] < limit ? 0 : 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 16})
    void signCodes_everyRowAndLimit_areExact(int words) {
        Random random = new Random(words);
        SignBlock[] blocks = {SignBlock.allocate(words), SignBlock.allocate(words)};
        long[][] codes = new long[2 * SignBlock.ROWS][];
        for (int r = 0; r < codes.length; r++) {
            codes[r] = random.longs(words).toArray();
            blocks[r / SignBlock.ROWS].set(r % SignBlock.ROWS, codes[r]);
        }
        long[] signs = random.longs(words).toArray();
        long[] large = random.longs(words).toArray();
        long[] expected = new long[codes.length];
        for (int r = 0; r < codes.length; r++) {
            for (int w = 0; w < words; w++) {
                long differing = signs[w] ^ codes[r][w];
                expected[r] += Long.bitCount(differing) + 2 * Long.bitCount(differing & large[w]);
            }
        }
        long[] distances = new long[SignBlock.ROWS];
        for (int b = 0; b < blocks.length; b++) {
            CodeMath.distances(signs, large, blocks[b], distances);
            assertThat(distances)
                    .isEqualTo(
                            Arrays.copyOfRange(
                                    expected, b * SignBlock.ROWS, (b + 1) * SignBlock.ROWS));
        }
        // More than are read together, some of them twice.
        int[] apart = random.ints(150, 0, codes.length).toArray();
        int[] distancesApart = new int[apart.length];
        SignBlocks both = new SignBlocks(words, blocks, new long[2]);
        CodeMath.distances(signs, large, both, apart, 149, distancesApart);
        for (int i = 0; i < 149; i++) {
            assertThat(distancesApart[i]).isEqualTo((int) expected[apart[i]]);
        }
        assertThat(distancesApart[149]).isZero();
        for (int limit : new int[] {-1, 0, (int) expected[0], (int) expected[70], 192 * words}) {
            // Registers full, half full, and with a row or two.
            long[] rows = {sparse(random), random.nextLong() | 0xFFFF};
            long[] wanted = rows.clone();
            SignBlocks all = new SignBlocks(words, blocks, wanted);
            CodeMath.within(signs, large, all, limit, rows);
            for (int r = 0; r < codes.length; r++) {
                boolean inside = (wanted[r / 64] >>> r & 1) != 0 && expected[r] <= limit;
                assertThat(rows[r / 64] >>> r & 1).isEqualTo(inside ? 1 : 0);
            }
            assertThat(CodeMath.within(signs, large, all, 0, 1, limit)).isEqualTo(rows[0]);
            assertThat(CodeMath.within(signs, large, all, 1, 1, limit)).isEqualTo(rows[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6})
    void planeSums_areTheSumsOfTheQueryOverSetBits(int words) {
        Random random = new Random(words);
        int[] query = random.ints(words * 64L, -8, 8).toArray();
        long[] planes = new long[CodeMath.PLANES * words];
        for (int i = 0; i < query.length; i++) {
            for (int plane = 0; plane < CodeMath.PLANES; plane++) {
                planes[plane * words + i / 64] |= (long) (query[i] >> plane & 1) << i;
            }
        }
        SignBlock block = SignBlock.allocate(words);
        long[][] codes = new long[SignBlock.ROWS][];
        for (int r = 0; r < codes.length; r++) {
            codes[r] = random.longs(words).toArray();
            block.set(r, codes[r]);
        }
        long[] sums = new long[SignBlock.ROWS];
        for (int r = 0; r < codes.length; r++) {
            CodeMath.planeSums(planes, block, 1L << r | random.nextLong(), sums);
            int expected = 0;
            for (int i = 0; i < query.length; i++) {
                expected += (codes[r][i / 64] >>> i & 1) != 0 ? query[i] : 0;
            }
            assertThat(sums[r]).isEqualTo(expected);
            CodeMath.planeSums(planes, block, -1L, sums);
            assertThat(sums[r]).isEqualTo(expected);
        }
    }

    @Test
    void badArguments_areRefused() {
        ByteRows rows = ByteRows.allocate(3, 2);
        short[] query = CodeMath.query(new byte[3]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows.set(0, new byte[] {0, Byte.MIN_VALUE, 0}));
        assertThatIllegalArgumentException().isThrownBy(() -> rows.set(2, new byte[3]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeMath.dotBlock(query, rows, 1, 2, new int[2]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeMath.dotBlock(new short[3], rows, 0, 1, new int[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CodeMath.dotEach(
                                query, new ByteRows[] {rows}, new int[] {2}, 1, new int[1]));
        ByteBlock bytes = ByteBlock.allocate(16);
        assertThatIllegalArgumentException().isThrownBy(() -> ByteBlock.allocate(17));
        assertThatIllegalArgumentException().isThrownBy(() -> bytes.set(64, new byte[16]));
        assertThatIllegalArgumentException().isThrownBy(() -> bytes.set(0, new byte[15]));
        int[] tooLarge = new int[16];
        Arrays.fill(tooLarge, 17);
        assertThatIllegalArgumentException().isThrownBy(() -> CodeMath.blockQuery(tooLarge));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeMath.dotBlock(new short[16], bytes, new int[ByteBlock.ROWS]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeMath.notUnder(new float[65], 2, 0f));
        SignBlock block = SignBlock.allocate(2);
        assertThatIllegalArgumentException().isThrownBy(() -> block.set(0, new long[3]));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> CodeMath.distances(new long[1], new long[1], block, new long[64]));
        SignBlocks one = new SignBlocks(2, new SignBlock[] {block}, new long[1]);
        long[] code = new long[2];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeMath.within(code, code, one, 0, new long[2]));
        for (int[] apart : new int[][] {{64}, {-1}, {}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CodeMath.distances(code, code, one, apart, 1, new int[1]));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeMath.planeSums(new long[8], block, 1L, new long[8]));
        assertThatIllegalArgumentException().isThrownBy(() -> SignBlock.allocate(0));
    }

    /** A bit in four is set. */
    private static long sparse(Random random) {
        long word = random.nextLong();
        return word & Long.rotateLeft(word, 21);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(255) - 127);
        }
        return bytes;
    }

    private static int dot(byte[] a, byte[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
