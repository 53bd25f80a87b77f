package dev.vitrine.kernels.vector;

/**
 * Dot products of an int8 query with rows of 4-bit codes, computed by the kernels that {@link
 * VectorMath} chose.
 *
 * <p>All results are exact, so every implementation gives the same numbers. Nothing is allocated
 * but by {@link #query}. All methods are safe for all threads; arrays belong to the caller.
 */
public final class NibbleMath {

    private static final NibbleKernels KERNELS = VectorMath.kernels().nibbles();

    private NibbleMath() {}

    /**
     * The form in which queries are compared: widened, component {@code i} at place {@code i / 4}
     * of quarter {@code i % 4}, padded with zeros to {@link NibbleRows#paddedLength}.
     *
     * @param codes each -127 to 127
     */
    public static short[] query(byte[] codes) {
        short[] query = new short[NibbleRows.paddedLength(codes.length)];
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == Byte.MIN_VALUE) {
                throw new IllegalArgumentException("component " + i + " is -128");
            }
            query[i / 4 + (i % 4) * (query.length / 4)] = codes[i];
        }
        return query;
    }

    /**
     * Dot products of the query with {@code count} rows from {@code firstRow} on.
     *
     * @param query from {@link #query}
     * @param sums receives {@code count} results from its start
     */
    public static void dotBlock(
            short[] query, NibbleRows rows, int firstRow, int count, int[] sums) {
        checkQuery(query, rows);
        VectorMath.checkRange("rows", firstRow, count, rows.count());
        VectorMath.checkRange("sums", 0, count, sums.length);
        KERNELS.dotBlock(query, rows, firstRow, count, sums);
    }

    /**
     * Dot products of the query with the first {@code count} rows named in {@code rowNumbers}, in
     * that order.
     *
     * @param query from {@link #query}
     * @param sums receives {@code count} results from its start
     */
    public static void dotRows(
            short[] query, NibbleRows rows, int[] rowNumbers, int count, int[] sums) {
        checkQuery(query, rows);
        VectorMath.checkRows(rowNumbers, count, rows.count());
        VectorMath.checkRange("sums", 0, count, sums.length);
        KERNELS.dotRows(query, rows, rowNumbers, count, sums);
    }

    private static void checkQuery(short[] query, NibbleRows rows) {
        if (query.length != NibbleRows.paddedLength(rows.dimensions())) {
            throw new IllegalArgumentException(
                    "a query of " + query.length + " for rows of " + rows.dimensions());
        }
    }
}
