package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.NativeRows;
import java.util.Random;

/** Random orthonormal directions. */
final class Rotation {

    private Rotation() {}

    /**
     * As many directions as dimensions, uniform over all rotations: Gaussian rows made orthonormal
     * one after another (modified Gram-Schmidt).
     */
    static NativeRows random(int dimensions, long seed) {
        Random random = new Random(seed);
        NativeRows rows = NativeRows.allocate(dimensions, dimensions);
        double[][] set = new double[dimensions][dimensions];
        float[] row = new float[dimensions];
        for (int r = 0; r < dimensions; r++) {
            double[] direction = set[r];
            do {
                for (int i = 0; i < dimensions; i++) {
                    direction[i] = random.nextGaussian();
                }
            } while (!makeOrthonormal(direction, set, r));
            for (int i = 0; i < dimensions; i++) {
                row[i] = (float) direction[i];
            }
            rows.set(r, row);
        }
        return rows;
    }

    /**
     * Takes the first {@code before} directions, which are orthonormal, out of another one and
     * gives it length 1.
     *
     * @return false if next to nothing is left of it
     */
    static boolean makeOrthonormal(double[] direction, double[][] set, int before) {
        // Twice is enough: the second pass takes away what rounding left after the first.
        for (int pass = 0; pass < 2; pass++) {
            for (int b = 0; b < before; b++) {
                double dot = dot(direction, set[b]);
                for (int i = 0; i < direction.length; i++) {
                    direction[i] -= dot * set[b][i];
                }
            }
        }
        double length = Math.sqrt(dot(direction, direction));
        if (length < 1e-6) {
            return false;
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] /= length;
        }
        return true;
    }

    /** Four sums: each addition of a single one would wait for the one before. */
    private static double dot(double[] a, double[] b) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i <= a.length - 4; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b[i];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
