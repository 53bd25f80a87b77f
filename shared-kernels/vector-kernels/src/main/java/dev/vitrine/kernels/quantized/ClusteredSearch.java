package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import org.jspecify.annotations.Nullable;

/**
 * One top-k search by clusters, one thread.
 *
 * <ol>
 *   <li>Centroids of all clusters tell, with their radii, what the best row of each may score.
 *   <li>The rows of the most promising ones tell a floor that the k-th best score is not under.
 *   <li>Clusters that may reach the floor are read in the order of memory: signs tell the rows that
 *       are near, four bits of the query those of them that are worth reading their int8 codes.
 *   <li>Exact scores of those that int8 codes cannot tell apart.
 * </ol>
 *
 * <p>For searches that nearly all rows pass: margins hold for queries as they come, whose k-th best
 * row tells how far clusters reach; a filter may keep just the best away.
 */
final class ClusteredSearch {

    /** Places for rows in the clusters that are read first. */
    private static final int FIRST_ROWS = 1_024;

    /** Rows whose int8 codes tell the first floor, for each row asked for. */
    private static final int COMPARED = 4;

    private final ClusterView clusters;
    private final SignQuery signs;
    private final PlaneQuery planes;
    private final Margins margins;
    private final ByteStage bytes;
    private final @Nullable PassingRows passing;
    private final int k;

    /** What the nearest possible row scores over its centroid, for a unit of 1. */
    private final float nearest;

    private final ClusterBounds bounds;

    /** Rows that were estimated and not compared. */
    private final CandidateList waiting = new CandidateList(0);

    private final long[] sums = new long[SignBlock.ROWS];

    private final int[] worthwhile;

    private int flooredAt;

    /** What the k-th best row scores at least, about. */
    private float floor = Float.NEGATIVE_INFINITY;

    /**
     * Prepares a search.
     *
     * @param margins of the plan
     * @param passing rows that a filter lets pass, nearly all; null for all
     */
    ClusteredSearch(
            ClusterView clusters,
            SignQuery signs,
            PlaneQuery planes,
            Margins margins,
            ByteStage bytes,
            @Nullable PassingRows passing,
            int k) {
        this.clusters = clusters;
        this.signs = signs;
        this.planes = planes;
        this.margins = margins;
        this.bytes = bytes;
        this.passing = passing;
        this.k = k;
        this.nearest = signs.distanceOffset() - planes.offset();
        this.bounds = new ClusterBounds(clusters, signs, planes, margins.reach());
        this.worthwhile = new int[bounds.count()];
    }

    /** The best rows, of at least k that pass. */
    RowMatches topK() {
        int first = Math.ceilDiv(Math.max(FIRST_ROWS, 2 * COMPARED * k), SignBlock.ROWS);
        while (waiting.size() < k && estimateBest(first)) {
            first *= 2;
        }
        compareBest();
        bounds.refine(floor);
        // Those that promise most tell a higher floor, which most of the others do not reach.
        scanFrom((floor + bounds.highest()) / 2);
        scanFrom(floor);
        return bytes.best(k, StagedSearch.BYTE_MARGIN);
    }

    /** Estimates all rows of the most promising clusters; false if there is none left. */
    private boolean estimateBest(int most) {
        int[] best = bounds.best(most);
        for (int cluster : best) {
            estimate(cluster, clusters.presence()[cluster]);
        }
        return best.length > 0;
    }

    /** Reads the clusters that may reach a score, and the floor by then. */
    private void scanFrom(float score) {
        int count = bounds.list(score, worthwhile);
        for (int i = 0; i < count; i++) {
            int cluster = worthwhile[i];
            if (bounds.reaches(cluster, floor)) {
                scan(cluster, worthwhile[Math.min(i + 1, count - 1)]);
                bounds.done(cluster);
            }
        }
        raiseFloor();
    }

    /** Compares the best of the rows that wait, which tells a floor, and all that it leaves. */
    private void compareBest() {
        int best = Math.min(COMPARED * k, waiting.size());
        waiting.bestFirst(best);
        for (int i = 0; i < best; i++) {
            bytes.add(waiting.ordinal(i));
        }
        raiseFloor();
        for (int i = best; i < waiting.size(); i++) {
            compare(i);
        }
        waiting.clear();
        raiseFloor();
    }

    private void scan(int cluster, int next) {
        long near =
                CodeMath.within(
                        signs.signs(),
                        signs.large(),
                        clusters.codes(),
                        cluster,
                        next,
                        limit(cluster));
        if (near != 0) {
            estimate(cluster, near);
            for (int i = 0; i < waiting.size(); i++) {
                compare(i);
            }
            waiting.clear();
            if (bytes.size() > flooredAt) {
                raiseFloor();
            }
        }
    }

    /** The largest distance at which a row of a cluster is worth a closer look. */
    private int limit(int cluster) {
        double unit = clusters.unit(cluster);
        double most =
                bounds.estimate(cluster)
                        + unit * (nearest + margins.signs() * signs.length())
                        - floor;
        double limit = most / (unit * signs.distanceScale());
        return limit <= Integer.MAX_VALUE ? (int) Math.floor(limit) : Integer.MAX_VALUE;
    }

    /**
     * Puts rows of a cluster that pass on the list of those that wait, with what they may score.
     */
    private void estimate(int cluster, long wanted) {
        planes.sums(clusters.codes().block(cluster), wanted, sums);
        long[] rows = clusters.rows()[cluster];
        for (long left = wanted; left != 0; left &= left - 1) {
            int slot = Long.numberOfTrailingZeros(left);
            int ordinal = ClusterPage.ordinal(rows[slot]);
            if (passing == null || passing.contains(ordinal)) {
                double dot = planes.dot(sums[slot]) + margins.planes() * signs.length();
                waiting.add(
                        ordinal,
                        (float) (bounds.estimate(cluster) + ClusterPage.factor(rows[slot]) * dot));
            }
        }
    }

    /**
     * Compares a row that waits, at the next {@link #raiseFloor} at the latest, if it is worth it.
     */
    private void compare(int waitingRow) {
        if (!(waiting.estimate(waitingRow) < floor)) {
            bytes.add(waiting.ordinal(waitingRow));
        }
    }

    private void raiseFloor() {
        bytes.flush();
        flooredAt = bytes.size();
        floor = Math.max(floor, bytes.floor(k));
    }
}
