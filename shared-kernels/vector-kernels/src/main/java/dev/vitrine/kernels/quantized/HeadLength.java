package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds how long heads are to be: as long as makes range searches of sample rows cheapest. */
final class HeadLength {

    private static final int SAMPLE_QUERIES = 24;

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

    private final float[] center;
    private final float[][] rows;
    private final NativeRows axes;

    /**
     * @param rows about their center
     * @param axes that heads may have, the most important first
     */
    HeadLength(float[] center, float[][] rows, NativeRows axes) {
        this.center = center;
        this.rows = rows;
        this.axes = axes;
    }

    /**
     * The length with the least work in heads and in int8 codes of the rows that these let pass.
     *
     * @param ranges that were asked for; rows stand in where there are few
     */
    int cheapest(List<QuerySample.Range> ranges) {
        float[][] projected = projected();
        float[][] rests = rests(projected);
        long[] passing = new long[steps(axes.count())];
        List<QuerySample.Range> asked = spread(ranges);
        for (QuerySample.Range range : asked) {
            count(range, projected, rests, passing);
        }
        int best = axes.count();
        double least = Double.POSITIVE_INFINITY;
        for (int step = 0; step < passing.length; step++) {
            int length = Math.min((step + 1) * LENGTH_STEP, axes.count());
            double share = (double) passing[step] / asked.size() / rows.length;
            double cost = length + SCAN_COST + NEXT_COST * share;
            if (cost < least) {
                least = cost;
                best = length;
            }
        }
        return best;
    }

    /** The component of every row along each axis, those along one axis together. */
    private float[][] projected() {
        NativeRows vectors = NativeRows.allocate(axes.dimensions(), rows.length);
        for (int r = 0; r < rows.length; r++) {
            vectors.set(r, rows[r]);
        }
        float[][] projected = new float[axes.count()][rows.length];
        float[] axis = new float[axes.dimensions()];
        for (int d = 0; d < projected.length; d++) {
            axes.get(d, axis);
            VectorMath.dotBlock(axis, vectors, 0, rows.length, projected[d], 0);
        }
        return projected;
    }

    /** What heads of each length leave of the squares of every row. */
    private float[][] rests(float[][] projected) {
        float[][] rests = new float[steps(projected.length)][];
        float[] rest = new float[rows.length];
        for (int r = 0; r < rest.length; r++) {
            rest[r] = VectorMath.dot(rows[r], rows[r]);
        }
        for (int d = 0; d < projected.length; d++) {
            float[] components = projected[d];
            for (int r = 0; r < rest.length; r++) {
                rest[r] -= components[r] * components[r];
            }
            if (endsStep(d, projected.length)) {
                rests[d / LENGTH_STEP] = rest.clone();
            }
        }
        return rests;
    }

    /** Adds the rows that a head of each length lets pass. */
    private void count(
            QuerySample.Range range, float[][] projected, float[][] rests, long[] passing) {
        float[] query = range.query();
        float[] head = new float[axes.count()];
        VectorMath.dotBlock(query, axes, 0, head.length, head, 0);
        float queryRest = VectorMath.dot(query, query);
        // Rows are centered here, and so is the floor.
        float threshold = range.floor() - VectorMath.dot(query, center);
        float[] scores = new float[rows.length];
        for (int d = 0; d < head.length; d++) {
            float weight = head[d];
            float[] components = projected[d];
            for (int r = 0; r < scores.length; r++) {
                scores[r] += weight * components[r];
            }
            queryRest -= weight * weight;
            if (endsStep(d, head.length)) {
                int step = d / LENGTH_STEP;
                passing[step] += passing(scores, rests[step], Math.max(0, queryRest), threshold);
            }
        }
    }

    private static int passing(float[] scores, float[] rests, float queryRest, float threshold) {
        int passing = 0;
        for (int r = 0; r < scores.length; r++) {
            double rest = Math.sqrt((double) Math.max(0, rests[r]) * queryRest);
            passing += scores[r] + rest < threshold ? 0 : 1;
        }
        return passing;
    }

    /** Lengths of heads that are tried. */
    private static int steps(int axes) {
        return Math.ceilDiv(axes, LENGTH_STEP);
    }

    private static boolean endsStep(int axis, int axes) {
        return (axis + 1) % LENGTH_STEP == 0 || axis == axes - 1;
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
}
