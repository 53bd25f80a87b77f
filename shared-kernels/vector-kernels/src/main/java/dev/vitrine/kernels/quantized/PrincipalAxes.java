package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.BatchMath;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.Arrays;
import java.util.Random;

/**
 * The directions in which vectors differ most, the most important first (principal components), by
 * orthogonal iteration (Golub and van Loan, Matrix Computations, section 8.2).
 *
 * <p>It stops long before the last digits: any orthonormal directions make correct bounds, and
 * those that are nearly the best make them nearly as tight.
 */
final class PrincipalAxes {

    private static final int ITERATIONS = 2;

    /** Directions of the covariance's square are the same and part twice as fast. */
    private static final int MULTIPLICATIONS = 2;

    /** Columns that are multiplied with the others at once. */
    private static final int TOGETHER = 32;

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
                for (int m = 0; m < MULTIPLICATIONS; m++) {
                    multiply(covariance, axes[a]);
                }
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
        NativeRows columns = columns(centered, dimensions);
        float[][] covariance = new float[dimensions][dimensions];
        float[] products = new float[TOGETHER * dimensions];
        double trace = 0;
        for (int first = 0; first < dimensions; first += TOGETHER) {
            int count = Math.min(TOGETHER, dimensions - first);
            int width = dimensions - first;
            BatchMath.dotBlock(columns, first, count, columns, first, width, products);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < width; j++) {
                    covariance[first + i][first + j] = products[i * width + j];
                    covariance[first + j][first + i] = products[i * width + j];
                }
                trace += products[i * width + i];
            }
        }
        float scale = trace > 0 ? (float) (dimensions / trace) : 0;
        for (float[] row : covariance) {
            for (int j = 0; j < dimensions; j++) {
                row[j] *= Float.isFinite(scale) ? scale : 0;
            }
        }
        return covariance;
    }

    /** The same component of all vectors side by side, so that a covariance is a dot product. */
    private static NativeRows columns(float[][] centered, int dimensions) {
        float[][] usable =
                Arrays.stream(centered)
                        .filter(vector -> VectorMath.dot(vector, vector) < 1e15f)
                        .toArray(float[][]::new);
        NativeRows columns = NativeRows.allocate(Math.max(1, usable.length), dimensions);
        float[] column = new float[columns.dimensions()];
        for (int d = 0; d < dimensions; d++) {
            for (int v = 0; v < usable.length; v++) {
                column[v] = usable[v][d];
            }
            columns.set(d, column);
        }
        return columns;
    }
}
