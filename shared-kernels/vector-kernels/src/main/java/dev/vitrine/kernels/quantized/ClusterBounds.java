package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.BestRows;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import java.util.Arrays;

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
    private final SignQuery signs;
    private final PlaneQuery planes;
    private final double reach;

    /** What the first estimate may err by, for a centroid of length 1. */
    private final float slack;

    /** What a cluster may score over its centroid, for a radius of 1. */
    private float perRadius;

    /** How much that has changed since the first bounds. */
    private float wider;

    private final float[] bounds;
    private final float[] ofPage = new float[SignBlock.ROWS];
    private final long[] sums = new long[SignBlock.ROWS];

    /**
     * Bounds nothing as yet.
     *
     * @param reach see {@link Margins}
     */
    ClusterBounds(ClusterView clusters, SignQuery signs, PlaneQuery planes, double reach) {
        this.clusters = clusters;
        this.signs = signs;
        this.planes = planes;
        this.reach = reach;
        double deviation = signs.length() / Math.sqrt((double) signs.signs().length * Long.SIZE);
        this.slack = (float) (DEVIATIONS * deviation);
        this.perRadius = (float) (reach * signs.length() * Math.sqrt(clusters.meanRadius()));
        this.bounds = new float[clusters.centroids().pageCount() << PagedRows.PAGE_SHIFT];
    }

    /** Bounds the clusters of a page, roughly. */
    void bound(int index) {
        int first = index << PagedRows.PAGE_SHIFT;
        CentroidPage page = clusters.centroids().page(index);
        if (page == null) {
            Arrays.fill(bounds, first, first + SignBlock.ROWS, DONE);
            return;
        }
        CodeMath.distances(signs.signs(), signs.large(), page.signs(), sums);
        float offset = planes.offset();
        float nearest = (signs.distanceOffset() - offset) * clusters.perMeanFactor();
        float perDistance = signs.distanceScale() * clusters.perMeanFactor();
        float[] scales = page.signScales();
        float[] lengths = page.lengths();
        float[] radii = page.radii();
        for (int i = 0; i < SignBlock.ROWS; i++) {
            ofPage[i] =
                    offset
                            + scales[i] * (nearest - perDistance * sums[i])
                            + slack * lengths[i]
                            + perRadius * radii[i];
        }
        System.arraycopy(ofPage, 0, bounds, first, ofPage.length);
        unbound(first);
        long empty = ~clusters.centroids().presenceWord(index);
        for (long left = empty; left != 0; left &= left - 1) {
            done(first + Long.numberOfTrailingZeros(left));
        }
        for (int c = Math.max(first, clusters.count()); c < first + SignBlock.ROWS; c++) {
            done(c);
        }
    }

    /** What overflowed bounds nothing. */
    private void unbound(int first) {
        long left = CodeMath.notUnder(bounds, first, Float.POSITIVE_INFINITY);
        for (; left != 0; left &= left - 1) {
            bounds[first + Long.numberOfTrailingZeros(left)] = Float.POSITIVE_INFINITY;
        }
    }

    /** Score of the centroid of a cluster that {@link #best} or {@link #refine} left, about. */
    float estimate(int cluster) {
        return bounds[cluster] - perRadius * clusters.radii()[cluster];
    }

    /** Whether a cluster has rows to be read, and one of them may score so much. */
    boolean reaches(int cluster, float score) {
        return bounds[cluster] > DONE && bounds[cluster] >= score;
    }

    /** Takes a cluster out: its rows were read. */
    void done(int cluster) {
        bounds[cluster] = DONE;
    }

    /** The clusters that promise most, with what is known of them. */
    int[] best(int most) {
        BestRows best = new BestRows(most);
        for (int first = 0; first < bounds.length; first += SignBlock.ROWS) {
            for (long left = reaching(first, best.threshold()); left != 0; left &= left - 1) {
                int cluster = first + Long.numberOfTrailingZeros(left);
                best.accept(cluster, bounds[cluster]);
            }
        }
        int[] chosen = best.toMatches().ordinals();
        for (int cluster : chosen) {
            estimate(cluster >> PagedRows.PAGE_SHIFT, 1L << cluster);
        }
        return chosen;
    }

    /** Sets how far clusters reach by what the k-th best row scores; before {@link #refine}. */
    void reach(float score) {
        float before = perRadius;
        perRadius =
                (float)
                        (reach
                                * signs.length()
                                * clusters.scale(score, planes.offset(), signs.length()));
        wider = perRadius - before;
    }

    /** Number of clusters that may reach a score. */
    int count(float score) {
        int count = 0;
        for (int first = 0; first < bounds.length; first += SignBlock.ROWS) {
            count += Long.bitCount(reaching(first, score));
        }
        return count;
    }

    /**
     * Bounds those clusters of a page that may reach a score by all that is known of them; the
     * others are out.
     */
    void refine(int index, float score) {
        CentroidPage page = clusters.centroids().page(index);
        if (page != null) {
            int first = index << PagedRows.PAGE_SHIFT;
            float[] radii = page.radii();
            System.arraycopy(bounds, first, ofPage, 0, ofPage.length);
            for (int i = 0; i < SignBlock.ROWS; i++) {
                ofPage[i] += wider * radii[i];
            }
            long wanted = CodeMath.notUnder(ofPage, 0, score) & reaching(first, DONE);
            Arrays.fill(bounds, first, first + SignBlock.ROWS, DONE);
            estimate(index, wanted);
        }
    }

    /** Bounds clusters of a page by all that is known of them. */
    private void estimate(int index, long wanted) {
        CentroidPage page = clusters.centroids().page(index);
        int first = index << PagedRows.PAGE_SHIFT;
        if (page != null && wanted != 0) {
            page.estimate(planes, wanted, sums, ofPage);
            for (long left = wanted; left != 0; left &= left - 1) {
                int i = Long.numberOfTrailingZeros(left);
                bounds[first + i] = ofPage[i] + perRadius * page.radii()[i];
            }
            unbound(first);
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
     * Marks the clusters that may reach a score.
     *
     * @param bit to be set
     * @param marks one for each cluster
     */
    void mark(float score, int bit, int[] marks) {
        for (int first = 0; first < bounds.length; first += SignBlock.ROWS) {
            for (long left = reaching(first, score); left != 0; left &= left - 1) {
                marks[first + Long.numberOfTrailingZeros(left)] |= bit;
            }
        }
    }

    /** Which of the 64 clusters from {@code first} on may reach a score. */
    private long reaching(int first, float score) {
        return CodeMath.notUnder(bounds, first, Math.max(score, -Float.MAX_VALUE));
    }
}
