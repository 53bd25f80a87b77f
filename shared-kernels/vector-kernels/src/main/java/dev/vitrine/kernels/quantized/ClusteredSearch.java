package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import java.util.function.Supplier;

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
 * <p>Under a filter all signs of the rows that pass are read instead if that turns out to be less
 * work, or if the filter keeps more rows away that are better than the floor than its share of all
 * rows explains: how far clusters reach was found for rows that are among the best.
 */
final class ClusteredSearch {

    /** Of the clusters, one in so many is read first. */
    private static final int FIRST_SHARE = 64;

    /** Clusters that are read first, at least and at most. */
    private static final int FIRST_MIN = 4;

    private static final int FIRST_MAX = 16;

    /**
     * Pages of sign codes that take as long to read as a cluster: 1 to 4, by processor and size.
     */
    static final int CLUSTER_PAGES = 2;

    /** Times the rows that a filter by chance keeps away from a query's best. */
    private static final double BY_CHANCE = 3;

    /** Rows whose int8 codes tell the first floor, for each row asked for. */
    private static final int COMPARED = 4;

    private final ClusterView clusters;
    private final SignQuery signs;
    private final PlaneQuery planes;
    private final Margins margins;
    private final ByteStage bytes;
    private final PassingRows passing;
    private final boolean filtered;

    /** Rows better than the floor that a filter may keep away. */
    private final double awayMost;

    private final int k;
    private final Supplier<RowMatches> bySigns;

    /** What the nearest possible row scores over its centroid, for a unit of 1. */
    private final float nearest;

    private final ClusterBounds bounds;

    /** Rows that were estimated and not compared. */
    private final CandidateList waiting = new CandidateList(0);

    private final long[] sums = new long[SignBlock.ROWS];

    /** Rows of the first clusters that do not pass, by their estimates. */
    private final CandidateList away = new CandidateList(0);

    /** Whether all signs are read instead. */
    private boolean leftToSigns;

    private int flooredAt;

    /** What the k-th best row scores at least, about. */
    private float floor = Float.NEGATIVE_INFINITY;

    /**
     * Prepares a search.
     *
     * @param passing rows that a filter lets pass
     * @param rowCount of all rows
     * @param bySigns searches all signs
     */
    ClusteredSearch(
            ClusterView clusters,
            SignQuery signs,
            PlaneQuery planes,
            ClusterPlan plan,
            ByteStage bytes,
            PassingRows passing,
            int rowCount,
            int k,
            Supplier<RowMatches> bySigns) {
        this.clusters = clusters;
        this.signs = signs;
        this.planes = planes;
        this.bytes = bytes;
        this.passing = passing;
        this.filtered = passing.keepsBestAway(rowCount);
        this.margins = filtered ? plan.filtered() : plan.margins();
        double byChance = (double) k * (rowCount - passing.count()) / passing.count();
        this.awayMost = Math.max(k, BY_CHANCE * byChance);
        this.k = k;
        this.bySigns = bySigns;
        this.nearest = signs.distanceOffset() - planes.offset();
        this.bounds = new ClusterBounds(clusters, signs, planes, margins.reach());
    }

    /** Judges the clusters of a page of centroids. */
    void bound(int page) {
        bounds.bound(page);
    }

    /** Reads the most promising clusters, which tell a first floor. */
    void begin() {
        double rows = Math.max(2 * COMPARED * k, filtered ? 2 * awayMost : 0);
        int first =
                Math.max(
                        Math.clamp(clusters.count() / FIRST_SHARE, FIRST_MIN, FIRST_MAX),
                        (int) Math.ceil(rows / SignBlock.ROWS));
        while (waiting.size() < k && estimateBest(first)) {
            first *= 2;
        }
        compareBest();
        bounds.reach(floor);
        away.dropUnder(floor, 0);
        leftToSigns = filtered && away.size() > awayMost;
    }

    /** Judges those clusters of a page of centroids that may reach the floor once more. */
    void refine(int page) {
        if (!leftToSigns) {
            bounds.refine(page, floor);
        }
    }

    /** Marks the clusters that may reach half the way from the floor to the best one's bound. */
    void markBest(int bit, int[] marks) {
        leftToSigns |= filtered && CLUSTER_PAGES * bounds.count(floor) > NearRows.pages(passing);
        if (!leftToSigns) {
            bounds.mark((floor + bounds.highest()) / 2, bit, marks);
        }
    }

    /** Marks the clusters that may reach the floor. */
    void markAll(int bit, int[] marks) {
        if (!leftToSigns) {
            bounds.mark(floor, bit, marks);
        }
    }

    /**
     * Reads a marked cluster if it may still reach the floor.
     *
     * @param next cluster that will be read next
     */
    void read(int cluster, int next) {
        if (bounds.reaches(cluster, floor)) {
            scan(cluster, next);
            bounds.done(cluster);
        }
    }

    /** The best rows, of at least k that pass. */
    RowMatches best() {
        return leftToSigns ? bySigns.get() : bytes.best(k, StagedSearch.BYTE_MARGIN);
    }

    /** Estimates all rows of the most promising clusters; false if there is none left. */
    private boolean estimateBest(int most) {
        int[] best = bounds.best(most);
        for (int cluster : best) {
            estimate(cluster, clusters.presence()[cluster]);
            bounds.done(cluster);
        }
        return best.length > 0;
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
     * Puts rows of a cluster that pass on the list of those that wait, with what they may score,
     * and others, until there is a floor, on the list of those that are kept away.
     */
    private void estimate(int cluster, long wanted) {
        planes.sums(clusters.codes().block(cluster), wanted, sums);
        long[] rows = clusters.rows()[cluster];
        for (long left = wanted; left != 0; left &= left - 1) {
            int slot = Long.numberOfTrailingZeros(left);
            int ordinal = ClusterPage.ordinal(rows[slot]);
            float factor = ClusterPage.factor(rows[slot]);
            float dot = planes.dot(sums[slot]);
            if (passing.contains(ordinal)) {
                double most = dot + margins.planes() * signs.length();
                waiting.add(ordinal, (float) (bounds.estimate(cluster) + factor * most));
            } else if (floor == Float.NEGATIVE_INFINITY) {
                away.add(ordinal, bounds.estimate(cluster) + factor * dot);
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

    /** Compares the rows that were added, and sets the floor by them. */
    void raiseFloor() {
        bytes.flush();
        flooredAt = bytes.size();
        floor = Math.max(floor, bytes.floor(k));
    }
}
