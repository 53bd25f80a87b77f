package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns center and axes of heads from a sample of rows, and how long a head is to be: as long as
 * makes a range search of the sample cheapest.
 */
final class HeadLearner {

    private static final int SAMPLE_ROWS = 4_096;

    private static final int SAMPLE_QUERIES = 24;

    /** Finding more takes minutes: the time grows with them and the square of the dimensions. */
    static final int AXES_MAX = 512;

    /** Candidate lengths are multiples of this. */
    private static final int LENGTH_STEP = 32;

    /** While nothing is known of the ranges asked for, one returns one row in so many. */
    private static final int ROWS_A_MATCH = 1_000;

    /**
     * What a row costs in the scan beside its dimensions, and what its int8 code costs, both in
     * dimensions of the scan: measured, see RATIONALE.md.
     */
    private static final int SCAN_COST = 25;

    private static final int NEXT_COST = 5_400;

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
        int length = cheapest(nativeRows(principal), ranges);
        return new HeadEncoder(center, mixed(principal, length));
    }

    /**
     * The length with the least work in heads and in int8 codes of the rows that these let pass.
     */
    private int cheapest(NativeRows axes, List<QuerySample.Range> ranges) {
        float[][] projected = new float[rows.length][axes.count()];
        float[] squares = new float[rows.length];
        for (int r = 0; r < rows.length; r++) {
            VectorMath.dotBlock(rows[r], axes, 0, axes.count(), projected[r], 0);
            squares[r] = VectorMath.dot(rows[r], rows[r]);
        }
        long[] passing = new long[axes.count() / LENGTH_STEP + 2];
        List<QuerySample.Range> asked = spread(ranges);
        for (QuerySample.Range range : asked) {
            count(range, axes, projected, squares, passing);
        }
        int best = axes.count();
        double least = Double.POSITIVE_INFINITY;
        for (int length = LENGTH_STEP; length < axes.count() + LENGTH_STEP; length += LENGTH_STEP) {
            double share = (double) passing[length / LENGTH_STEP] / asked.size() / rows.length;
            double cost = Math.min(length, axes.count()) + SCAN_COST + NEXT_COST * share;
            if (cost < least) {
                least = cost;
                best = Math.min(length, axes.count());
            }
        }
        return best;
    }

    /** Adds the rows that a head of each length lets pass. */
    private void count(
            QuerySample.Range range,
            NativeRows axes,
            float[][] projected,
            float[] squares,
            long[] passing) {
        float[] query = range.query();
        float[] head = new float[axes.count()];
        VectorMath.dotBlock(query, axes, 0, head.length, head, 0);
        float querySquares = VectorMath.dot(query, query);
        // Rows are centered here, and so is the floor.
        float threshold = range.floor() - VectorMath.dot(query, center);
        for (int r = 0; r < rows.length; r++) {
            float score = 0;
            float rowRest = squares[r];
            float queryRest = querySquares;
            for (int d = 0; d < head.length; d++) {
                score += head[d] * projected[r][d];
                rowRest -= projected[r][d] * projected[r][d];
                queryRest -= head[d] * head[d];
                if ((d + 1) % LENGTH_STEP == 0 || d == head.length - 1) {
                    double rest = Math.sqrt((double) Math.max(0, rowRest) * Math.max(0, queryRest));
                    passing[d / LENGTH_STEP + 1] += score + rest < threshold ? 0 : 1;
                }
            }
        }
    }

    private List<QuerySample.Range> spread(List<QuerySample.Range> ranges) {
        List<QuerySample.Range> asked = new ArrayList<>();
        for (int i = 0; i < SAMPLE_QUERIES; i++) {
            asked.add(
                    ranges.size() >= PlanFinder.QUERIES_MIN
                            ? ranges.get(i * ranges.size() / SAMPLE_QUERIES)
                            : likely(rows[(int) ((long) i * rows.length / SAMPLE_QUERIES)]));
        }
        return asked;
    }

    private QuerySample.Range likely(float[] query) {
        float[] scores = new float[rows.length];
        for (int r = 0; r < rows.length; r++) {
            scores[r] = VectorMath.dot(query, rows[r]);
        }
        Arrays.sort(scores);
        float score = scores[scores.length - 1 - scores.length / ROWS_A_MATCH];
        return new QuerySample.Range(query, score + VectorMath.dot(query, center));
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

    /** Rows evenly spread over the ordinals; at least one. */
    private static float[][] some(FloatRowsView view) {
        List<float[]> rows = new ArrayList<>();
        double step = Math.max(1, (double) view.ordinalLimit() / SAMPLE_ROWS);
        for (double at = 0; at < view.ordinalLimit(); at += step) {
            float[] row = new float[view.dimensions()];
            if (view.copyRow((int) at, row)) {
                rows.add(row);
            }
        }
        return rows.isEmpty()
                ? new float[][] {new float[view.dimensions()]}
                : rows.toArray(float[][]::new);
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
