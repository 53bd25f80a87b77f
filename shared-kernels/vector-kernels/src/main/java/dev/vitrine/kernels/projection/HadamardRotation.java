package dev.vitrine.kernels.projection;

import dev.vitrine.kernels.vector.Hadamard;
import dev.vitrine.kernels.vector.NativeRows;
import java.util.Random;

/**
 * A pseudo-random rotation in {@code n log n} steps instead of {@code n * n}: it keeps lengths and
 * dot products up to rounding, and spreads what is in one component over all.
 *
 * <p>Three rounds of random signs and Walsh-Hadamard transforms. No padding: a length that is no
 * power of two is cut into its binary digits, 384 = 256 + 128, each transformed for itself; every
 * other round takes them in the opposite order, 128 + 256, so that the parts mix. A part of length
 * 1 is only multiplied by its sign, and a vector of length 1 is not rotated but at most mirrored.
 * (Ailon and Chazelle, "The fast Johnson-Lindenstrauss transform"; Andoni et al., arXiv 1509.02897,
 * for three rounds.)
 *
 * <p>Unchanging and safe for all threads; allocates nothing a call.
 */
public final class HadamardRotation {

    private static final int ROUNDS = 3;

    /** For each round a factor a component: its sign, over the root of its part's length. */
    private final float[][] factors = new float[ROUNDS][];

    private final int dimensions;

    /**
     * Draws the signs.
     *
     * @param dimensions 1 to {@link NativeRows#DIMENSIONS_MAX}
     * @param seed equal seeds give equal rotations
     */
    public HadamardRotation(int dimensions, long seed) {
        this.dimensions = NativeRows.checkDimensions(dimensions);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            factors[round] = new float[dimensions];
            for (int from = 0; from < dimensions; ) {
                int length = part(round, from);
                float scale = (float) (1 / Math.sqrt(length));
                for (int i = from; i < from + length; i++) {
                    factors[round][i] = random.nextBoolean() ? scale : -scale;
                }
                from += length;
            }
        }
    }

    /** Number of components of a vector. */
    public int dimensions() {
        return dimensions;
    }

    /** Rotates a vector of exactly {@link #dimensions()} components in place. */
    public void rotate(float[] vector) {
        checkLength(vector);
        for (int round = 0; round < ROUNDS; round++) {
            multiply(vector, factors[round]);
            transform(vector, round);
        }
    }

    /** Undoes {@link #rotate}, up to rounding. */
    public void rotateBack(float[] vector) {
        checkLength(vector);
        for (int round = ROUNDS - 1; round >= 0; round--) {
            transform(vector, round);
            multiply(vector, factors[round]);
        }
    }

    private void transform(float[] vector, int round) {
        for (int from = 0; from < dimensions; ) {
            int length = part(round, from);
            Hadamard.transform(vector, from, length);
            from += length;
        }
    }

    /** Length of the part that begins at a component: largest first, or smallest first. */
    private int part(int round, int from) {
        int rest = dimensions - from;
        return round % 2 == 0 ? Integer.highestOneBit(rest) : Integer.lowestOneBit(rest);
    }

    private static void multiply(float[] vector, float[] factors) {
        for (int i = 0; i < factors.length; i++) {
            vector[i] *= factors[i];
        }
    }

    private void checkLength(float[] vector) {
        if (vector.length != dimensions) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " for a rotation of " + dimensions);
        }
    }
}
