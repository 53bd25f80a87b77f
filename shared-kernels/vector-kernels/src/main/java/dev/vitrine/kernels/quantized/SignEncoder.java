package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.function.Consumer;

/**
 * One bit a direction of a centred and rotated vector, with an unbiased estimate of dot products
 * from it (RaBitQ, arXiv 2405.12497 section 3).
 *
 * <p>With {@code r = R (x - c)} and its signs {@code b} (each -1 or 1), {@code <x, q>} is {@code
 * <c, q> + <r, R q>}, and {@code <r, R q>} is estimated by {@code |r|^2 / |r|_1 * <b, R q>}: right
 * for the part of {@code R q} along {@code r}, and zero on average for the rest of it when R is
 * random.
 *
 * <p>Unchanging, for any number of threads.
 */
final class SignEncoder {

    /** Largest component of a query's 4-bit code; the least is one more below zero. */
    private static final int LIMIT = 7;

    /** Rows that the center is the mean of, about. */
    private static final int CENTER_ROWS = 20_000;

    /** Rows that the mean factor is of, about. */
    private static final int FACTOR_ROWS = 1_000;

    private static final long SEED = 0x5EED;

    private final float[] center;
    private final NativeRows rotation;
    private final float[] rotatedCenter;
    private final float meanFactor;

    private SignEncoder(float[] center, NativeRows rotation, FloatRowsView rows) {
        this.center = center;
        this.rotation = rotation;
        this.rotatedCenter = new float[rotation.count()];
        VectorMath.dotBlock(center, rotation, 0, rotatedCenter.length, rotatedCenter, 0);
        this.meanFactor = meanFactorOf(rows);
    }

    /**
     * Learns the center from rows and takes random directions, as many as dimensions, rounded up to
     * whole words.
     */
    static SignEncoder learn(FloatRowsView rows) {
        int words = (rows.dimensions() + Long.SIZE - 1) / Long.SIZE;
        NativeRows directions = Rotation.random(rows.dimensions(), words * Long.SIZE, SEED);
        return new SignEncoder(meanOf(rows), directions, rows);
    }

    private static float[] meanOf(FloatRowsView rows) {
        double[] sums = new double[rows.dimensions()];
        int count =
                forSome(
                        rows,
                        CENTER_ROWS,
                        row -> {
                            for (int i = 0; i < row.length; i++) {
                                sums[i] += row[i];
                            }
                        });
        float[] center = new float[sums.length];
        for (int i = 0; i < center.length; i++) {
            float mean = (float) (sums[i] / Math.max(1, count));
            center[i] = Float.isFinite(mean) ? mean : 0;
        }
        return center;
    }

    private float meanFactorOf(FloatRowsView rows) {
        float[] rotated = new float[rotation.count()];
        long[] code = new long[words()];
        double[] sum = new double[1];
        int count = forSome(rows, FACTOR_ROWS, row -> sum[0] += encode(row, rotated, code));
        return (float) (sum[0] / Math.max(1, count));
    }

    /** Hands over rows evenly spread over the ordinals, about so many; the array is used again. */
    private static int forSome(FloatRowsView rows, int number, Consumer<float[]> consumer) {
        float[] row = new float[rows.dimensions()];
        int step = Math.max(1, rows.ordinalLimit() / number);
        int count = 0;
        for (int ordinal = 0; ordinal < rows.ordinalLimit(); ordinal += step) {
            if (rows.copyRow(ordinal, row)) {
                consumer.accept(row);
                count++;
            }
        }
        return count;
    }

    /** Largest weighted Hamming distance, see {@link CodeMath#within}. */
    int distanceMax() {
        return CodeMath.LARGE * rotation.count();
    }

    /** Words of 64 bits of a code. */
    int words() {
        return rotation.count() / Long.SIZE;
    }

    /**
     * Encodes a vector of finite components.
     *
     * @param rotated scratch, as long as the code has bits
     * @param code receives the signs
     * @return the factor of the estimate, {@code |r|^2 / |r|_1}; 0 at the center
     */
    float encode(float[] vector, float[] rotated, long[] code) {
        VectorMath.dotBlock(vector, rotation, 0, rotated.length, rotated, 0);
        double squares = 0;
        double absolutes = 0;
        for (int i = 0; i < rotated.length; i++) {
            float component = rotated[i] - rotatedCenter[i];
            rotated[i] = component;
            squares += (double) component * component;
            absolutes += Math.abs(component);
        }
        signs(rotated, code);
        double factor = absolutes > 0 ? squares / absolutes : 0;
        return Double.isFinite(factor) ? (float) factor : 0;
    }

    /** Prepares a query of finite components. */
    SignQuery query(float[] query) {
        float[] rotated = new float[rotation.count()];
        VectorMath.dotBlock(query, rotation, 0, rotated.length, rotated, 0);
        long[] signs = new long[words()];
        signs(rotated, signs);
        double absolutes = 0;
        double squares = 0;
        float largest = 0;
        float sum = 0;
        for (float component : rotated) {
            float absolute = Math.abs(component);
            largest = Math.max(largest, absolute);
            absolutes += absolute;
            squares += (double) component * component;
            sum += component;
        }
        long[] large = new long[signs.length];
        double mean = absolutes / rotated.length;
        double onWeights = 0;
        long weights = 0;
        long weightSquares = 0;
        for (int i = 0; i < rotated.length; i++) {
            float absolute = Math.abs(rotated[i]);
            int weight = 1;
            if (absolute > mean) {
                large[i / Long.SIZE] |= 1L << i;
                weight = CodeMath.LARGE;
            }
            onWeights += weight * absolute;
            weights += weight;
            weightSquares += (long) weight * weight;
        }
        double fit = meanFactor * onWeights / weightSquares;
        float step = largest / LIMIT;
        float centerScore = VectorMath.dot(query, center);
        return new SignQuery(
                signs,
                large,
                planes(rotated, step),
                2 * step,
                -sum,
                (float) (2 * fit),
                (float) (centerScore + fit * weights),
                centerScore,
                (float) Math.sqrt(squares));
    }

    /** Bit planes of the components in steps, two's complement, rounded. */
    private static long[] planes(float[] rotated, float step) {
        int words = rotated.length / Long.SIZE;
        long[] planes = new long[CodeMath.PLANES * words];
        if (!(step >= Float.MIN_NORMAL && step <= Float.MAX_VALUE)) {
            return planes;
        }
        for (int i = 0; i < rotated.length; i++) {
            int code = Math.round(rotated[i] / step);
            for (int plane = 0; plane < CodeMath.PLANES; plane++) {
                planes[plane * words + i / Long.SIZE] |= (long) (code >> plane & 1) << i;
            }
        }
        return planes;
    }

    private static void signs(float[] rotated, long[] code) {
        for (int w = 0; w < code.length; w++) {
            long word = 0;
            for (int i = 0; i < Long.SIZE; i++) {
                // The sign bit of a float, turned: a set bit stands for +1.
                word |= (~Float.floatToRawIntBits(rotated[w * Long.SIZE + i]) >>> 31 & 1L) << i;
            }
            code[w] = word;
        }
    }
}
