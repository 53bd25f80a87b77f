package dev.vitrine.kernels.vector;

/**
 * Dot products of a float32 query with bfloat16 rows, in float32 arithmetic, computed by the
 * kernels that {@link VectorMath} chose.
 *
 * <p>A query and a row have the same bits in every method and whichever other rows are scored in
 * the same call. NaN and infinities follow IEEE 754. Nothing is allocated but by {@link #query}.
 * All methods are safe for all threads; arrays belong to the caller.
 */
public final class BfloatMath {

    private static final BfloatKernels KERNELS = VectorMath.kernels().bfloats();

    private BfloatMath() {}

    /**
     * The form in which queries are compared: components at even places before those at odd places,
     * padded with zeros to {@link BfloatRows#paddedLength}.
     */
    public static float[] query(float[] vector) {
        float[] query = new float[BfloatRows.paddedLength(vector.length)];
        for (int i = 0; i < vector.length; i++) {
            query[i / 2 + (i % 2) * (query.length / 2)] = vector[i];
        }
        return query;
    }

    /**
     * Dot products of the query with {@code count} rows from {@code firstRow} on.
     *
     * @param query from {@link #query}
     * @param scores receives {@code count} results from its start
     */
    public static void dotBlock(
            float[] query, BfloatRows rows, int firstRow, int count, float[] scores) {
        checkQuery(query, rows);
        VectorMath.checkRange("rows", firstRow, count, rows.count());
        VectorMath.checkRange("scores", 0, count, scores.length);
        KERNELS.dotBlock(query, rows, firstRow, count, scores);
    }

    /**
     * Dot products of the query with the first {@code count} rows named in {@code rowNumbers}, in
     * that order.
     *
     * @param query from {@link #query}
     * @param scores receives {@code count} results from its start
     */
    public static void dotRows(
            float[] query, BfloatRows rows, int[] rowNumbers, int count, float[] scores) {
        checkQuery(query, rows);
        VectorMath.checkRows(rowNumbers, count, rows.count());
        VectorMath.checkRange("scores", 0, count, scores.length);
        KERNELS.dotRows(query, rows, rowNumbers, count, scores);
    }

    private static void checkQuery(float[] query, BfloatRows rows) {
        if (query.length != BfloatRows.paddedLength(rows.dimensions())) {
            throw new IllegalArgumentException(
                    "a query of " + query.length + " for rows of " + rows.dimensions());
        }
    }
}
