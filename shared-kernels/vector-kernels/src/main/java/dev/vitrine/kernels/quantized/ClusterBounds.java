package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.BestRows;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;

/**
 * What the best row of each cluster may score for one query: first by half of the centroid's code
 * and two bits a dimension of the query, then, of those that this leaves, by all of it. One search,
 * one thread.
 */
final class ClusterBounds {

    /** In place of the bound of a cluster that has no rows, or none to be read any more. */
    private static final float DONE = Float.NEGATIVE_INFINITY;

    /**
     * Standard deviations of the first estimate that its bound allows for. It errs by .75 of the
     * lengths' product over the root of the dimensions because of the row's half of a code (RaBitQ,
     * arXiv 2405.12497 section 3.2), and by less because of the query's.
     */
    private static final double DEVIATIONS = 1.5;

    private final ClusterView clusters;
    private final PlaneQuery planes;
    private final float length;
    private final double reach;

    /** Scores of centroids: at most, about, and once a cluster was refined, about. */
    private final float[] estimates;

    private final float[] bounds;
    private final long[] sums = new long[SignBlock.ROWS];
    private final long[] mixedSums = new long[SignBlock.ROWS];

    /**
     * Bounds all clusters, roughly.
     *
     * @param reach see {@link Margins}
     */
    ClusterBounds(ClusterView clusters, SignQuery signs, PlaneQuery planes, double reach) {
        this.clusters = clusters;
        this.planes = planes;
        this.length = signs.length();
        this.reach = reach;
        this.estimates = new float[clusters.centroids().pageCount() << PagedRows.PAGE_SHIFT];
        this.bounds = new float[estimates.length];
        double deviation = length / Math.sqrt((double) signs.signs().length * Long.SIZE);
        float usual = (float) (reach * length * Math.sqrt(clusters.meanRadius()));
        float nearest = (signs.distanceOffset() - planes.offset()) * clusters.perMeanFactor();
        float perDistance = signs.distanceScale() * clusters.perMeanFactor();
        for (int p = 0; p < clusters.centroids().pageCount(); p++) {
            CentroidPage page = clusters.centroids().page(p);
            int first = p << PagedRows.PAGE_SHIFT;
            if (page != null) {
                CodeMath.distances(signs.signs(), signs.large(), page.signs(), sums);
                for (int i = 0; i < SignBlock.ROWS; i++) {
                    float estimate = page.signScales()[i] * (nearest - perDistance * sums[i]);
                    float slack = (float) (DEVIATIONS * deviation) * page.lengths()[i];
                    estimates[first + i] = planes.offset() + estimate + slack;
                    bounds[first + i] = estimates[first + i] + usual * page.radii()[i];
                }
            }
        }
        for (int c = 0; c < bounds.length; c++) {
            if (c >= clusters.count() || clusters.presence()[c] == 0) {
                bounds[c] = DONE;
            } else if (Float.isNaN(bounds[c])) {
                bounds[c] = Float.POSITIVE_INFINITY;
            }
        }
    }

    /** Score of a cluster's centroid, about; of those that {@link #best} or {@link #refine} met. */
    float estimate(int cluster) {
        return estimates[cluster];
    }

    /** Whether a cluster has rows to be read, and one of them may score so much. */
    boolean reaches(int cluster, float score) {
        return bounds[cluster] > DONE && bounds[cluster] >= score;
    }

    /** Takes a cluster out: its rows were read. */
    void done(int cluster) {
        bounds[cluster] = DONE;
    }

    /** The clusters that promise most, which are out from here on. */
    int[] best(int most) {
        BestRows best = new BestRows(most);
        for (int c = 0; c < bounds.length; c++) {
            if (bounds[c] > best.threshold()) {
                best.accept(c, bounds[c]);
            }
        }
        int[] chosen = best.toMatches().ordinals();
        for (int cluster : chosen) {
            estimate(cluster >> PagedRows.PAGE_SHIFT, 1L << cluster);
            done(cluster);
        }
        return chosen;
    }

    /**
     * Bounds the clusters that may reach a score by all that is known of them; the others are out.
     */
    void refine(float score) {
        float radii = (float) (reach * length * clusters.scale(score, planes.offset(), length));
        for (int first = 0; first < bounds.length; first += SignBlock.ROWS) {
            long wanted = 0;
            for (int i = 0; i < SignBlock.ROWS && first + i < clusters.count(); i++) {
                float bound = estimates[first + i] + radii * clusters.radii()[first + i];
                if (bounds[first + i] > DONE && !(bound < score)) {
                    wanted |= 1L << i;
                } else {
                    bounds[first + i] = DONE;
                }
            }
            if (wanted != 0) {
                estimate(first >> PagedRows.PAGE_SHIFT, wanted);
                bound(first, wanted, radii);
            }
        }
    }

    private void bound(int first, long wanted, float radii) {
        for (long left = wanted; left != 0; left &= left - 1) {
            int cluster = first + Long.numberOfTrailingZeros(left);
            float bound = estimates[cluster] + radii * clusters.radii()[cluster];
            // What overflowed bounds nothing.
            bounds[cluster] = Float.isNaN(bound) ? Float.POSITIVE_INFINITY : bound;
        }
    }

    private void estimate(int index, long wanted) {
        CentroidPage page = clusters.centroids().page(index);
        if (page != null) {
            page.estimate(
                    planes, wanted, sums, mixedSums, estimates, index << PagedRows.PAGE_SHIFT);
        }
    }

    /** The highest bound of all. */
    float highest() {
        float highest = DONE;
        for (float bound : bounds) {
            highest = Math.max(highest, bound);
        }
        return highest;
    }

    /**
     * Lists the clusters that may reach a score.
     *
     * @param target receives their numbers, rising; long enough for all
     * @return how many they are
     */
    int list(float score, int[] target) {
        int count = 0;
        for (int c = 0; c < bounds.length; c++) {
            if (reaches(c, score)) {
                target[count++] = c;
            }
        }
        return count;
    }

    /** Number of clusters, with or without rows. */
    int count() {
        return bounds.length;
    }
}
