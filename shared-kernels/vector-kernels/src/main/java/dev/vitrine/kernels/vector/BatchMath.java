package dev.vitrine.kernels.vector;

/**
 * Dot products of many queries with a block of rows, computed by the kernels that {@link
 * VectorMath} chose: a row is read once for several queries, so a block that lies in no cache costs
 * its way from memory once, and a block in a cache costs half of the loads.
 *
 * <p>A query and a row have the same result, to the bit, as in {@link VectorMath#dotBlock} and
 * {@link CodeMath#dotBlock}. Nothing is allocated. All methods are safe for all threads; arrays
 * belong to the caller.
 */
public final class BatchMath {

    private static final BatchKernels KERNELS = VectorMath.kernels().batches();

    private BatchMath() {}

    /**
     * Dot products of float32 queries with rows. Where the rows are those of a matrix, this is the
     * product of many vectors with it, as {@link VectorMath#dotBlock} is that of one.
     *
     * @param queries as many components a row as {@code rows}
     * @param scores receives {@code queryCount * count} results from its start, all of the first
     *     query before those of the second; NaN and infinities follow IEEE 754
     */
    public static void dotBlock(
            NativeRows queries,
            int firstQuery,
            int queryCount,
            NativeRows rows,
            int firstRow,
            int count,
            float[] scores) {
        if (queries.dimensions() != rows.dimensions()) {
            throw new IllegalArgumentException(
                    "queries of " + queries.dimensions() + " for rows of " + rows.dimensions());
        }
        VectorMath.checkRange("queries", firstQuery, queryCount, queries.count());
        VectorMath.checkRange("rows", firstRow, count, rows.count());
        checkRoom(queryCount, count, scores.length);
        KERNELS.dotBlock(queries, firstQuery, queryCount, rows, firstRow, count, scores);
    }

    /**
     * Dot products of int8 queries with rows; exact.
     *
     * @param queries each from {@link CodeMath#query}; the first {@code queryCount} are read
     * @param sums receives {@code queryCount * count} results from its start, all of the first
     *     query before those of the second
     */
    public static void dotBlock(
            short[][] queries, int queryCount, ByteRows rows, int firstRow, int count, int[] sums) {
        VectorMath.checkRange("queries", 0, queryCount, queries.length);
        for (int q = 0; q < queryCount; q++) {
            CodeMath.checkQuery(queries[q], rows.dimensions());
        }
        VectorMath.checkRange("rows", firstRow, count, rows.count());
        checkRoom(queryCount, count, sums.length);
        KERNELS.dotBlock(queries, queryCount, rows, firstRow, count, sums);
    }

    private static void checkRoom(int queryCount, int count, int room) {
        if ((long) queryCount * count > room) {
            throw new IllegalArgumentException(
                    queryCount + " queries with " + count + " rows, room for " + room);
        }
    }
}
