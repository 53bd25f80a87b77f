package dev.vitrine.kernels.vector;

import java.time.Duration;

/**
 * Dot products and unit length, computed by the kernels that were chosen once for this JVM.
 *
 * <p>The Vector API is taken when its module is in the boot layer ({@code --add-modules
 * jdk.incubator.vector}) and the C2 compiler runs, plain Java otherwise; the system property {@code
 * vitrine.kernels} forces {@code simd} or {@code scalar}. Forcing {@code simd} without the module
 * fails when this class is first used. {@link #selection()} says what was chosen.
 *
 * <p>Any method gives the same bits for the same query and row, whichever other rows are scored in
 * the same call. NaN and infinities follow IEEE 754. All methods are safe for all threads; arrays
 * belong to the caller.
 */
public final class VectorMath {

    private static final VectorKernels KERNELS = KernelChoice.forThisJvm();

    private VectorMath() {}

    static VectorKernels kernels() {
        return KERNELS;
    }

    /** Which kernels compute, and why. */
    public static KernelSelection selection() {
        return KERNELS.selection();
    }

    /** Dot product of two vectors of equal length. */
    public static float dot(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "vectors of different length: " + a.length + " and " + b.length);
        }
        return KERNELS.dot(a, b);
    }

    /** Dot product of the query with one row. */
    public static float dot(float[] query, NativeRows rows, int row) {
        float[] score = new float[1];
        dotBlock(query, rows, row, 1, score, 0);
        return score[0];
    }

    /**
     * Dot products of the query with {@code count} rows from {@code firstRow} on, written to {@code
     * scores} from {@code scoresOffset} on. Where the rows are those of a matrix, this is matrix
     * times vector: a dense projection. Allocates nothing.
     */
    public static void dotBlock(
            float[] query,
            NativeRows rows,
            int firstRow,
            int count,
            float[] scores,
            int scoresOffset) {
        checkQuery(query, rows);
        checkRange("rows", firstRow, count, rows.count());
        checkRange("scores", scoresOffset, count, scores.length);
        KERNELS.dotBlock(query, rows, firstRow, count, scores, scoresOffset);
    }

    /**
     * Dot products of the query with the first {@code count} rows named in {@code rowNumbers}, in
     * that order, written to the start of {@code scores}. Allocates nothing.
     */
    public static void dotRows(
            float[] query, NativeRows rows, int[] rowNumbers, int count, float[] scores) {
        checkQuery(query, rows);
        checkRows(rowNumbers, count, rows.count());
        checkRange("scores", 0, count, scores.length);
        KERNELS.dotRows(query, rows, rowNumbers, count, scores);
    }

    /**
     * Dot products of the query with rows that lie in different places: result {@code i} is that of
     * row {@code rowNumbers[i]} of {@code rows[i]}. Allocates nothing.
     */
    public static void dotEach(
            float[] query, NativeRows[] rows, int[] rowNumbers, int count, float[] scores) {
        checkRange("rows", 0, count, rows.length);
        checkRange("row numbers", 0, count, rowNumbers.length);
        checkRange("scores", 0, count, scores.length);
        for (int i = 0; i < count; i++) {
            checkQuery(query, rows[i]);
            checkRange("rows", rowNumbers[i], 1, rows[i].count());
        }
        KERNELS.dotEach(query, rows, rowNumbers, count, scores);
    }

    /** Whether no component is NaN or infinite. */
    public static boolean isFinite(float[] vector) {
        // A finite component times zero is zero, NaN and infinity give NaN, and NaN stays.
        float zero = 0;
        for (float component : vector) {
            zero += component * 0f;
        }
        return zero == 0f;
    }

    /**
     * Scales a vector in place to Euclidean length 1; dot products of such vectors are cosines.
     *
     * @return the length that it had
     * @throws IllegalArgumentException if a component is NaN or infinite or all are zero; the
     *     vector is then unchanged
     */
    public static double normalize(float[] vector) {
        double squares = 0;
        // In double no square of a float overflows or vanishes.
        for (float component : vector) {
            squares += (double) component * component;
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || length == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "a vector of length " + length + " has no direction");
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return length;
    }

    /**
     * Runs the kernels until they are compiled; to be called at start-up, before a service reports
     * itself ready, because interpreted vector code is up to a thousand times slower.
     *
     * @param dimensions length of the rows that will be searched
     * @param limit longest time to spend; half a second is usually enough
     * @return nanoseconds that one float row took in the last round, to be logged
     */
    public static double warmUp(int dimensions, Duration limit) {
        return new WarmUp(dimensions).run(limit);
    }

    private static void checkQuery(float[] query, NativeRows rows) {
        if (query.length != rows.dimensions()) {
            throw new IllegalArgumentException(
                    "a query of " + query.length + " for rows of " + rows.dimensions());
        }
    }

    static void checkRows(int[] rowNumbers, int count, int limit) {
        checkRange("row numbers", 0, count, rowNumbers.length);
        for (int i = 0; i < count; i++) {
            if (rowNumbers[i] < 0 || rowNumbers[i] >= limit) {
                throw new IllegalArgumentException(
                        "row " + rowNumbers[i] + " is outside 0 to " + (limit - 1));
            }
        }
    }

    static void checkRange(String what, int from, int count, int limit) {
        // from > limit - count instead of from + count > limit: the sum could overflow.
        if (from < 0 || count < 0 || from > limit - count) {
            throw new IllegalArgumentException(
                    count + " " + what + " from " + from + " on, but there are " + limit);
        }
    }
}
