package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.VectorMath;
import java.util.Random;

/**
 * The directions in which vectors differ most, the most important first (principal components), by
 * orthogonal iteration (Golub and van Loan, Matrix Computations, section 8.2).
 *
 * <p>It stops long before the last digits: any orthonormal directions make correct bounds, and
 * those that are nearly the best make them nearly as tight.
 */
final class PrincipalAxes {

    private static final int ITERATIONS = 4;

    private static final long SEED = 0xA8E5;

    private PrincipalAxes() {}

    /**
     * Finds directions.
     *
     * @param centered vectors about their mean
     * @param count at most as many as dimensions
     * @return one direction a row, each of length 1, orthogonal to the others
     */
    static double[][] of(float[][] centered, int dimensions, int count) {
        float[][] covariance = covariance(centered, dimensions);
        Random random = new Random(SEED);
        double[][] axes = new double[count][dimensions];
        for (double[] axis : axes) {
            gaussian(axis, random);
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            for (int a = 0; a < count; a++) {
                multiply(covariance, axes[a]);
                while (!Rotation.makeOrthonormal(axes[a], axes, a)) {
                    gaussian(axes[a], random);
                }
            }
        }
        return axes;
    }

    private static void gaussian(double[] axis, Random random) {
        for (int d = 0; d < axis.length; d++) {
            axis[d] = random.nextGaussian();
        }
    }

    private static void multiply(float[][] matrix, double[] axis) {
        float[] factor = new float[axis.length];
        for (int d = 0; d < axis.length; d++) {
            factor[d] = (float) axis[d];
        }
        for (int d = 0; d < axis.length; d++) {
            axis[d] = VectorMath.dot(matrix[d], factor);
        }
    }

    /** The covariance, scaled to a mean variance of 1; vectors too long for floats are left out. */
    private static float[][] covariance(float[][] centered, int dimensions) {
        float[][] covariance = new float[dimensions][dimensions];
        for (float[] vector : centered) {
            if (!(VectorMath.dot(vector, vector) < 1e15f)) {
                continue;
            }
            for (int i = 0; i < dimensions; i++) {
                float factor = vector[i];
                float[] row = covariance[i];
                for (int j = 0; j < dimensions; j++) {
                    row[j] += factor * vector[j];
                }
            }
        }
        double trace = 0;
        for (int i = 0; i < dimensions; i++) {
            trace += covariance[i][i];
        }
        float scale = trace > 0 ? (float) (dimensions / trace) : 0;
        for (float[] row : covariance) {
            for (int j = 0; j < dimensions; j++) {
                row[j] *= Float.isFinite(scale) ? scale : 0;
            }
        }
        return covariance;
    }
}
