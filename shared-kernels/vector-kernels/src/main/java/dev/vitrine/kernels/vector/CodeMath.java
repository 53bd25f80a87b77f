package dev.vitrine.kernels.vector;

/**
 * Integer arithmetic over quantised rows, computed by the kernels that {@link VectorMath} chose.
 *
 * <p>All results are exact, so every implementation gives the same numbers. Nothing is allocated.
 * All methods are safe for all threads; arrays belong to the caller.
 */
public final class CodeMath {

    /** Bit planes of a query for {@link #planeSums}. */
    public static final int PLANES = 4;

    /** Weight of a large component in {@link #within}; a small one counts 1. */
    public static final int LARGE = 3;

    private static final VectorKernels KERNELS = VectorMath.kernels();

    private static final SignKernels SIGNS = KERNELS.signs();

    private CodeMath() {}

    /**
     * The form in which int8 queries are compared: widened, components at even places before those
     * at odd places, padded with zeros to {@link ByteRows#paddedLength}.
     *
     * @param codes each -127 to 127
     */
    public static short[] query(byte[] codes) {
        short[] query = new short[ByteRows.paddedLength(codes.length)];
        int half = query.length / 2;
        for (int i = 0; i < codes.length / 2; i++) {
            query[i] = codes[2 * i];
            query[half + i] = codes[2 * i + 1];
        }
        if (codes.length % 2 == 1) {
            query[codes.length / 2] = codes[codes.length - 1];
        }
        return query;
    }

    /**
     * Dot products of an int8 query with {@code count} rows from {@code firstRow} on.
     *
     * @param query from {@link #query}
     * @param sums receives {@code count} results from its start
     */
    public static void dotBlock(short[] query, ByteRows rows, int firstRow, int count, int[] sums) {
        checkQuery(query, rows.dimensions());
        if (firstRow < 0 || count < 0 || firstRow > rows.count() - count || count > sums.length) {
            throw new IllegalArgumentException(
                    count
                            + " rows from "
                            + firstRow
                            + " on, but there are "
                            + rows.count()
                            + " and room for "
                            + sums.length);
        }
        KERNELS.byteDotBlock(query, rows, firstRow, count, sums);
    }

    /**
     * Dot products of an int8 query with rows that lie in different places: result {@code i} is
     * that of row {@code rowNumbers[i]} of {@code rows[i]}.
     *
     * @param query from {@link #query}; all rows have its length
     */
    public static void dotEach(
            short[] query, ByteRows[] rows, int[] rowNumbers, int count, int[] sums) {
        for (int i = 0; i < count; i++) {
            checkQuery(query, rows[i].dimensions());
            if (rowNumbers[i] < 0 || rowNumbers[i] >= rows[i].count()) {
                throw new IllegalArgumentException("row " + rowNumbers[i] + " is outside");
            }
        }
        if (count > sums.length) {
            throw new IllegalArgumentException(count + " rows, room for " + sums.length);
        }
        KERNELS.byteDotEach(query, rows, rowNumbers, count, sums);
    }

    /**
     * The form in which queries are compared with {@link ByteBlock}s: the components and, for each
     * group, what takes the turned bits of its even components back.
     *
     * @param codes as many as the blocks' dimensions; in each group their absolute values sum up to
     *     {@link ByteBlock#GROUP_SUM_MAX} at most
     */
    public static short[] blockQuery(int[] codes) {
        short[] query = new short[codes.length + codes.length / ByteBlock.GROUP];
        for (int group = 0; group < codes.length / ByteBlock.GROUP; group++) {
            int sum = 0;
            int evens = 0;
            for (int i = group * ByteBlock.GROUP; i < (group + 1) * ByteBlock.GROUP; i++) {
                query[i] = (short) codes[i];
                sum += Math.abs(codes[i]);
                evens += i % 2 == 0 ? codes[i] : 0;
            }
            if (sum > ByteBlock.GROUP_SUM_MAX) {
                throw new IllegalArgumentException("group " + group + " sums up to " + sum);
            }
            query[codes.length + group] = (short) (evens * Byte.MIN_VALUE);
        }
        return query;
    }

    /**
     * Dot products of a query with the 64 rows of a block.
     *
     * @param query from {@link #blockQuery}
     * @param sums receives the result of row {@code i} at {@code i}
     */
    public static void dotBlock(short[] query, ByteBlock block, int[] sums) {
        if (query.length != block.dimensions() + block.dimensions() / ByteBlock.GROUP) {
            throw new IllegalArgumentException(
                    "a query of " + query.length + " for a block of " + block.dimensions());
        }
        if (sums.length < ByteBlock.ROWS) {
            throw new IllegalArgumentException("room for " + sums.length + " of 64 rows");
        }
        KERNELS.byteBlockDots(query, block, sums);
    }

    /**
     * Which of 64 values are not under a limit; NaN is not.
     *
     * @return bit {@code i} for the value at {@code from + i}
     */
    public static long notUnder(float[] values, int from, float limit) {
        if (from < 0 || from > values.length - Long.SIZE) {
            throw new IllegalArgumentException(
                    "64 values from " + from + " on, but there are " + values.length);
        }
        return KERNELS.notUnder(values, from, limit);
    }

    /**
     * Keeps of the rows of each block those at a weighted Hamming distance of {@code limit} or
     * less. A bit that differs counts 1, and {@value #LARGE} where the query is large: two bits a
     * dimension of the query against one of the row.
     *
     * @param signs sign code of the query, words as in the blocks
     * @param large where the query's component is large
     * @param blocks read but for those whose word in {@code rows} is 0 or missing
     * @param rows bit {@code i} of word {@code b} for row {@code i} of block {@code b}; bits of
     *     rows that are farther away are cleared
     */
    public static void within(
            long[] signs, long[] large, SignBlocks blocks, int limit, long[] rows) {
        checkWords(signs, large, blocks);
        if (rows.length > blocks.count()) {
            throw new IllegalArgumentException(
                    "rows of " + rows.length + " blocks, but there are " + blocks.count());
        }
        SIGNS.within(signs, large, blocks, limit, rows);
    }

    /**
     * Which of the rows of a block are at a weighted Hamming distance, as above, of {@code limit}
     * or less. The codes of another block, which is read next, are asked for meanwhile.
     *
     * @return bit {@code i} for row {@code i}
     */
    public static long within(
            long[] signs, long[] large, SignBlocks blocks, int block, int next, int limit) {
        checkWords(signs, large, blocks);
        return SIGNS.within(signs, large, blocks, block, next, limit);
    }

    /** The weighted Hamming distance, as in {@link #within}, of each of the 64 rows of a block. */
    public static void distances(long[] signs, long[] large, SignBlock block, long[] distances) {
        checkWords(signs.length, large.length, block);
        if (distances.length < SignBlock.ROWS) {
            throw new IllegalArgumentException("room for " + distances.length + " of 64 rows");
        }
        SIGNS.distances(signs, large, block, distances);
    }

    /**
     * The same of rows that lie apart.
     *
     * @param rows the first {@code count}, row {@code i % 64} of block {@code i / 64} as {@code i}
     * @param distances receives that of {@code rows[i]} at {@code i}
     */
    public static void distances(
            long[] signs, long[] large, SignBlocks blocks, int[] rows, int count, int[] distances) {
        checkWords(signs, large, blocks);
        if (count < 0 || count > rows.length || count > distances.length) {
            throw new IllegalArgumentException(
                    count + " of " + rows.length + " rows, room for " + distances.length);
        }
        for (int i = 0; i < count; i++) {
            if (rows[i] < 0 || rows[i] / SignBlock.ROWS >= blocks.count()) {
                throw new IllegalArgumentException("row " + rows[i] + " is outside");
            }
        }
        SIGNS.distances(signs, large, blocks, rows, count, distances);
    }

    /**
     * For wanted rows of a block the sum of the query's components over the row's set bits. The
     * query's components are -8 to 7, given as {@value #PLANES} bit planes of two's complement.
     *
     * @param planes plane after plane, lowest first, each of the block's number of words
     * @param rows bit {@code i} for row {@code i}
     * @param sums receives the sum of row {@code i} at {@code i}; other places may be written too
     */
    public static void planeSums(long[] planes, SignBlock block, long rows, long[] sums) {
        checkWords(planes.length / PLANES, planes.length / PLANES, block);
        if (sums.length < SignBlock.ROWS) {
            throw new IllegalArgumentException("room for " + sums.length + " of 64 rows");
        }
        SIGNS.planeSums(planes, block, rows, sums);
    }

    static void checkQuery(short[] query, int dimensions) {
        if (query.length != ByteRows.paddedLength(dimensions)) {
            throw new IllegalArgumentException(
                    "a query of " + query.length + " for rows of " + dimensions);
        }
    }

    private static void checkWords(long[] signs, long[] large, SignBlocks blocks) {
        if (signs.length != blocks.words() || large.length != blocks.words()) {
            throw new IllegalArgumentException(
                    "a query of " + signs.length + " words for codes of " + blocks.words());
        }
    }

    private static void checkWords(int words, int others, SignBlock block) {
        if (words != block.words() || others != words) {
            throw new IllegalArgumentException(
                    "a query of " + words + " words for codes of " + block.words());
        }
    }
}
