package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import java.util.Arrays;

/**
 * Which margins the true neighbours of one query need, one by one, and how many clusters and rows
 * are inside a margin.
 */
final class ClusterErrors {

    private static final int STEPS = 500;

    private static final double FIRST = -0.5;

    private static final double STEP = 0.005;

    /** Of the rows, one cluster in so many is counted. */
    private static final int SAMPLED = 8;

    private final ClusterView clusters;
    private final SignQuery signs;
    private final PlaneQuery planes;
    private final float[] estimates;
    private final float kth;
    private final Margins[] needs;
    private final int[] clusterCounts = new int[STEPS];
    private final int[] rowCounts = new int[STEPS];

    private ClusterErrors(PlanFinder.Probe probe, ClusterView clusters, SignEncoder encoder) {
        this.clusters = clusters;
        RotatedQuery query = encoder.rotate(probe.query());
        this.signs = encoder.query(query);
        this.planes = query.planes();
        this.estimates = clusters.estimates(planes);
        this.kth = probe.kthScore();
        this.needs = new Margins[probe.neighbors().length];
    }

    /**
     * @param places see {@link ClusterView#places}
     */
    static ClusterErrors of(
            PlanFinder.Probe probe, ClusterView clusters, SignEncoder encoder, int[] places) {
        ClusterErrors errors = new ClusterErrors(probe, clusters, encoder);
        errors.count();
        for (int n = 0; n < errors.needs.length; n++) {
            errors.needs[n] = errors.need(places[probe.neighbors()[n]]);
        }
        return errors;
    }

    /** What each neighbour needs. */
    Margins[] needs() {
        return needs;
    }

    /** Number of clusters inside a margin. */
    int clusters(double reach) {
        return clusterCounts[step(reach)];
    }

    /** Number of rows inside a margin, about, if all clusters were read. */
    int rows(double margin) {
        return SAMPLED * rowCounts[step(margin)];
    }

    private void count() {
        long[] distances = new long[SignBlock.ROWS];
        for (int c = 0; c < clusters.count(); c++) {
            if (clusters.presence()[c] == 0) {
                continue;
            }
            clusterCounts[step(reach(c))]++;
            if (c % SAMPLED == 0) {
                distances(c, distances);
                for (long left = clusters.presence()[c]; left != 0; left &= left - 1) {
                    float estimate = estimate(c, distances[Long.numberOfTrailingZeros(left)]);
                    rowCounts[step(margin(estimate, clusters.unit(c)))]++;
                }
            }
        }
        Arrays.parallelPrefix(clusterCounts, Integer::sum);
        Arrays.parallelPrefix(rowCounts, Integer::sum);
    }

    private Margins need(int place) {
        int cluster = place >> PagedRows.PAGE_SHIFT;
        int slot = place & PagedRows.SLOT_MASK;
        long[] scratch = new long[SignBlock.ROWS];
        distances(cluster, scratch);
        float bySigns = estimate(cluster, scratch[slot]);
        planes.sums(clusters.codes().block(cluster), 1L << slot, scratch);
        float factor = ClusterPage.factor(clusters.rows()[cluster][slot]);
        float byPlanes = estimates[cluster] + factor * planes.dot(scratch[slot]);
        return new Margins(
                reach(cluster), margin(bySigns, clusters.unit(cluster)), margin(byPlanes, factor));
    }

    private double reach(int cluster) {
        double scale = clusters.scale(kth, planes.offset(), signs.length());
        return margin(estimates[cluster], (float) (scale * clusters.radii()[cluster]));
    }

    private double margin(float estimate, float unit) {
        double width = unit * (double) signs.length();
        return (kth - estimate) / (width > 0 ? width : 1);
    }

    private void distances(int cluster, long[] distances) {
        CodeMath.distances(
                signs.signs(), signs.large(), clusters.codes().block(cluster), distances);
    }

    private float estimate(int cluster, long distance) {
        return estimates[cluster]
                + clusters.unit(cluster) * (signs.estimate(distance) - planes.offset());
    }

    private static int step(double margin) {
        return (int) Math.clamp(Math.ceil((margin - FIRST) / STEP), 0, STEPS - 1);
    }
}
