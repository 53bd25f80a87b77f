package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.vector.NativeRows;
import java.util.List;

/**
 * Learns center and axes of heads from a sample of rows, of which {@link HeadLength} finds out how
 * many are worth it.
 */
final class HeadLearner {

    private static final int SAMPLE_ROWS = 4_096;

    /** Finding more takes minutes: the time grows with them and the square of the dimensions. */
    static final int AXES_MAX = 512;

    private static final long SEED = 0x5EED;

    private final int dimensions;
    private final float[] center;
    private final float[][] rows;

    private HeadLearner(int dimensions, float[] center, float[][] rows) {
        this.dimensions = dimensions;
        this.center = center;
        this.rows = rows;
    }

    /**
     * Learns from rows.
     *
     * @param ranges that were asked for; rows stand in where there are few
     */
    static HeadEncoder learn(FloatRowsView view, List<QuerySample.Range> ranges) {
        float[][] rows = some(view);
        float[] center = mean(rows, view.dimensions());
        for (float[] row : rows) {
            subtract(row, center);
        }
        return new HeadLearner(view.dimensions(), center, rows).encoder(ranges);
    }

    private HeadEncoder encoder(List<QuerySample.Range> ranges) {
        double[][] principal = PrincipalAxes.of(rows, dimensions, Math.min(dimensions, AXES_MAX));
        int length = new HeadLength(center, rows, nativeRows(principal)).cheapest(ranges);
        return new HeadEncoder(center, mixed(principal, length));
    }

    /**
     * The first axes turned at random among themselves: they span the same space, and no component
     * is so much larger than others that it would take all steps of a code.
     */
    private NativeRows mixed(double[][] principal, int count) {
        NativeRows rotation = Rotation.random(count, SEED);
        double[][] axes = new double[count][dimensions];
        float[] weights = new float[count];
        for (int a = 0; a < count; a++) {
            rotation.get(a, weights);
            for (int p = 0; p < count; p++) {
                for (int d = 0; d < dimensions; d++) {
                    axes[a][d] += weights[p] * principal[p][d];
                }
            }
        }
        return nativeRows(axes);
    }

    private NativeRows nativeRows(double[][] axes) {
        NativeRows result = NativeRows.allocate(dimensions, axes.length);
        float[] axis = new float[dimensions];
        for (int a = 0; a < axes.length; a++) {
            for (int d = 0; d < dimensions; d++) {
                axis[d] = (float) axes[a][d];
            }
            result.set(a, axis);
        }
        return result;
    }

    /** Rows evenly spread over all; at least one. */
    private static float[][] some(FloatRowsView view) {
        int[] ordinals = view.sample(SAMPLE_ROWS);
        float[][] rows = new float[Math.max(1, ordinals.length)][view.dimensions()];
        for (int i = 0; i < ordinals.length; i++) {
            view.copyRow(ordinals[i], rows[i]);
        }
        return rows;
    }

    private static float[] mean(float[][] rows, int dimensions) {
        double[] sums = new double[dimensions];
        for (float[] row : rows) {
            for (int i = 0; i < dimensions; i++) {
                sums[i] += row[i];
            }
        }
        float[] mean = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            mean[i] = (float) (sums[i] / rows.length);
        }
        return mean;
    }

    private static void subtract(float[] row, float[] center) {
        for (int i = 0; i < row.length; i++) {
            row[i] -= center[i];
        }
    }
}
