package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.projection.HadamardRotation;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.VectorMath;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One bit a direction of a centred and rotated vector, with an unbiased estimate of dot products
 * from it (RaBitQ, arXiv 2405.12497 section 3).
 *
 * <p>R turns the vector, with zeros up to whole words of bits behind it. With {@code r = R (x - c)}
 * and its signs {@code b} (each -1 or 1), {@code <x, q>} is {@code <c, q> + <r, R q>}, and {@code
 * <r, R q>} is estimated by {@code |r|^2 / |r|_1 * <b, R q>}: right for the part of {@code R q}
 * along {@code r}, and zero on average for the rest of it when R is random.
 *
 * <p>Unchanging, for any number of threads.
 */
final class SignEncoder {

    /** Rows that the center is the mean of, about. */
    private static final int CENTER_ROWS = 20_000;

    /** Rows that the mean factor is of, about. */
    private static final int FACTOR_ROWS = 1_000;

    private static final long SEED = 0x5EED;

    private final float[] center;
    private final int bits;
    private final long seed;
    private final HadamardRotation rotation;
    private final float meanFactor;

    private SignEncoder(float[] center, FloatRowsView rows) {
        this.center = center;
        this.bits = bitsFor(center.length);
        this.seed = SEED;
        this.rotation = new HadamardRotation(bits, seed);
        this.meanFactor = meanFactorOf(rows);
    }

    private SignEncoder(float[] center, long seed, float meanFactor) {
        this.center = center;
        this.bits = bitsFor(center.length);
        this.seed = seed;
        this.rotation = new HadamardRotation(bits, seed);
        this.meanFactor = meanFactor;
    }

    /** Learns the center from rows. */
    static SignEncoder learn(FloatRowsView rows) {
        return new SignEncoder(meanOf(rows), rows);
    }

    /** The rotation is written as the seed that it is drawn with. */
    void write(DataOutput out) throws IOException {
        FloatArrays.write(out, center);
        out.writeLong(seed);
        out.writeFloat(meanFactor);
    }

    static SignEncoder read(DataInput in, int dimensions) throws IOException {
        return new SignEncoder(FloatArrays.read(in, dimensions), in.readLong(), in.readFloat());
    }

    /** Whole words of bits. */
    private static int bitsFor(int dimensions) {
        return Math.ceilDiv(dimensions, Long.SIZE) * Long.SIZE;
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
        float[] rotated = new float[bits];
        double[] sum = new double[1];
        int count =
                forSome(
                        rows,
                        FACTOR_ROWS,
                        row -> {
                            turn(row, rotated);
                            sum[0] += factor(rotated);
                        });
        return (float) (sum[0] / Math.max(1, count));
    }

    /** Hands over at most so many rows, evenly spread over all; the array is used again. */
    private static int forSome(FloatRowsView rows, int number, Consumer<float[]> consumer) {
        float[] row = new float[rows.dimensions()];
        int[] some = rows.sample(number);
        for (int ordinal : some) {
            rows.copyRow(ordinal, row);
            consumer.accept(row);
        }
        return some.length;
    }

    /** Largest weighted Hamming distance, see {@link CodeMath#within}. */
    int distanceMax() {
        return CodeMath.LARGE * bits;
    }

    /** Components of a vector. */
    int dimensions() {
        return center.length;
    }

    /** Mean of {@link #factor} over all rows. */
    float meanFactor() {
        return meanFactor;
    }

    /** Words of 64 bits of a code. */
    int words() {
        return bits / Long.SIZE;
    }

    /**
     * Encodes a vector of finite components.
     *
     * @param rotated scratch, as long as the code has bits
     * @param code receives the signs
     */
    void encode(float[] vector, float[] rotated, long[] code) {
        turn(vector, rotated);
        signs(rotated, code);
    }

    /** What the center leaves of a vector, rotated; as long as the code has bits. */
    void turn(float[] vector, float[] rotated) {
        for (int i = 0; i < vector.length; i++) {
            rotated[i] = vector[i] - center[i];
        }
        Arrays.fill(rotated, vector.length, bits, 0);
        rotation.rotate(rotated);
    }

    /**
     * The factor of the estimate, {@code |r|^2 / |r|_1}; 0 at the center.
     *
     * @param rotated what is encoded: what {@link #encode} left there
     */
    static float factor(float[] rotated) {
        double absolutes = Rounding.absolutes(rotated);
        double squares = Rounding.squares(rotated);
        double factor = absolutes > 0 ? squares / absolutes : 0;
        return Double.isFinite(factor) ? (float) factor : 0;
    }

    /** Rotates a query of finite components; the center is not taken off. */
    RotatedQuery rotate(float[] query) {
        float[] rotated = Arrays.copyOf(query, bits);
        rotation.rotate(rotated);
        return new RotatedQuery(
                rotated, VectorMath.dot(query, center), (float) Math.sqrt(Rounding.squares(query)));
    }

    /** Prepares a query of finite components. */
    SignQuery query(float[] query) {
        return query(rotate(query));
    }

    /** The same of a query that was rotated. */
    SignQuery query(RotatedQuery query) {
        return SignQuery.of(query, meanFactor);
    }

    /** Bits that are set where a component is not negative. */
    static void signs(float[] rotated, long[] code) {
        for (int w = 0; w < code.length; w++) {
            code[w] = CodeMath.notUnder(rotated, w * Long.SIZE, 0);
        }
    }
}
