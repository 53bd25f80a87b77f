package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.SignBlock;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the rows that are to be one cluster: halves the rows of each center until 64 are left, and
 * then has each row choose the nearest of these halves among those of the centers near it. That is
 * k-means with one round, begun from a good guess. One thread.
 */
final class ClusterFinder {

    /** Centers whose halves a row chooses from. */
    private static final int CENTERS = 6;

    /** For each ordinal the numbers of its nearest centers, the nearest first. */
    private final int[] near;

    private final int nearCount;
    private final NativeRows means;
    private final float[] halfSquares;

    /** Where the halves of each center begin. */
    private final int[] starts;

    private final int[] listed;
    private final float[] scores;

    private ClusterFinder(
            int[] near, int nearCount, List<float[]> means, int[] starts, int dimensions) {
        int most = 0;
        for (int c = 1; c < starts.length; c++) {
            most = Math.max(most, starts[c] - starts[c - 1]);
        }
        this.near = near;
        this.nearCount = nearCount;
        this.means = NativeRows.allocate(dimensions, Math.max(1, means.size()));
        this.halfSquares = new float[means.size()];
        this.starts = starts;
        this.listed = new int[nearCount * most];
        this.scores = new float[listed.length];
        for (int i = 0; i < halfSquares.length; i++) {
            this.means.set(i, means.get(i));
            halfSquares[i] = (float) (Rounding.squares(means.get(i)) / 2);
        }
    }

    static ClusterFinder of(FloatRowsView rows, Centers centers) {
        CenterFinder finder = new CenterFinder(centers);
        int nearCount = Math.min(CENTERS, centers.count());
        int[] near = new int[nearCount * rows.ordinalLimit()];
        Gathering byCenter =
                Gathering.of(
                        rows,
                        (ordinal, row) -> {
                            int[] found = finder.findSome(row, nearCount);
                            System.arraycopy(found, 0, near, nearCount * ordinal, nearCount);
                            return found[0];
                        });
        List<float[]> means = new ArrayList<>();
        int[] starts = new int[centers.count() + 1];
        for (int center = 0; center < centers.count(); center++) {
            int[] ordinals = byCenter.ordinals(center);
            float[][] vectors = new float[ordinals.length][rows.dimensions()];
            for (int i = 0; i < ordinals.length; i++) {
                rows.copyRow(ordinals[i], vectors[i]);
            }
            new Halving(vectors, ordinals).order(SignBlock.ROWS);
            for (int from = 0; from < vectors.length; from += SignBlock.ROWS) {
                int to = Math.min(from + SignBlock.ROWS, vectors.length);
                means.add(mean(Arrays.copyOfRange(vectors, from, to)));
            }
            starts[center + 1] = means.size();
        }
        return new ClusterFinder(near, nearCount, means, starts, rows.dimensions());
    }

    static float[] mean(float[][] vectors) {
        float[] mean = new float[vectors[0].length];
        for (float[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / vectors.length;
            }
        }
        return mean;
    }

    /** Upper bound of what {@link #find} returns; some numbers may not be returned at all. */
    int count() {
        return halfSquares.length;
    }

    /** The number of the cluster that a row of the view is to be in. */
    int find(int ordinal, float[] row) {
        int size = 0;
        for (int n = nearCount * ordinal; n < nearCount * (ordinal + 1); n++) {
            for (int i = starts[near[n]]; i < starts[near[n] + 1]; i++) {
                listed[size++] = i;
            }
        }
        VectorMath.dotRows(row, means, listed, size, scores);
        int best = 0;
        for (int i = 1; i < size; i++) {
            if (scores[i] - halfSquares[listed[i]] > scores[best] - halfSquares[listed[best]]) {
                best = i;
            }
        }
        return size == 0 ? 0 : listed[best];
    }
}
