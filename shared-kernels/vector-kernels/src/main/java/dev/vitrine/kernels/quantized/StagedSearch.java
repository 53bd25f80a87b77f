package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.SignBlock;

/**
 * One top-k search through the stages of a plan, one thread:
 *
 * <ol>
 *   <li>sign codes of all passing rows against two bits a dimension of the query, a weighted
 *       Hamming distance;
 *   <li>int8 codes of the near ones;
 *   <li>exact scores of those that int8 codes cannot tell apart.
 * </ol>
 *
 * <p>Int8 codes of the nearest rows tell a floor that the k-th best score is not under. All rows
 * count as near whose estimate by distance is over the floor less a margin. Without a filter it is
 * that of the plan; under one it follows from how close to the floor the rows lie that were found.
 * So it does not matter how many rows a filter lets pass, or which.
 */
final class StagedSearch {

    /** Rows whose distances tell where the first limit lies. */
    private static final int SAMPLE_ROWS = 1_024;

    /** Of the pages with passing rows, at most one in so many is sampled. */
    private static final int SAMPLED_PAGES = 8;

    /**
     * Share of an int8 code's error bound that counts as its margin. The bound holds for the worst
     * direction of the error; in n dimensions a random one errs by a part of 1/sqrt(n).
     */
    static final float BYTE_MARGIN = 0.25f;

    private final SearchPlan plan;
    private final boolean filtered;
    private final SignBlock[] blocks;
    private final SignQuery query;
    private final ByteStage bytes;
    private final long[] wanted;
    private final int passing;
    private final int distanceMax;

    /** Wanted rows that are farther than any limit so far. */
    private final long[] far;

    private final long[] near;

    StagedSearch(
            float[] query,
            SignView signs,
            PagedView<BytePage> bytes,
            PagedView<NativeRows> floats,
            SearchPlan plan,
            PassingRows rows) {
        this.plan = plan;
        this.blocks = signs.blocks();
        this.query = signs.encoder().query(query);
        this.distanceMax = signs.encoder().distanceMax();
        this.bytes = new ByteStage(query, bytes, floats, 2 * plan.rows());
        this.wanted = rows.words();
        this.passing = rows.count();
        this.filtered = rows.keepsBestAway(signs.pages().rowCount());
        this.far = wanted.clone();
        this.near = new long[wanted.length];
    }

    /** The best rows, at most k; fewer only if fewer pass. */
    RowMatches topK(int k) {
        int most = Math.min(k, passing);
        double expected = plan.rows() * Math.sqrt((double) k / SearchPlan.K);
        int limit = firstLimit(Math.max(most, (int) expected));
        compareWithin(limit);
        while (bytes.size() < most && limit < distanceMax) {
            // The sample was misleading.
            limit += distanceMax / 64;
            compareWithin(limit);
        }
        float floor = bytes.floor(most);
        int needed = query.distanceAt(floor - margin(most, floor));
        if (needed > limit) {
            compareWithin(needed);
        }
        return bytes.best(k, BYTE_MARGIN);
    }

    /** How far under the floor an estimate may lie, in scores. */
    private double margin(int k, float floor) {
        if (!filtered) {
            return plan.margin() * query.length();
        }
        float[] gaps = bytes.gaps(k, floor);
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] /= query.length();
        }
        return plan.errors().margin(gaps) * query.length();
    }

    /** A distance within which about {@code count} of the passing rows lie. */
    private int firstLimit(int count) {
        int[] histogram = new int[distanceMax + 1];
        long[] distances = new long[SignBlock.ROWS];
        int step = Math.max(SAMPLED_PAGES, passing / SAMPLE_ROWS);
        int sampled = 0;
        int seen = 0;
        for (int p = 0; p < wanted.length; p++) {
            if (wanted[p] == 0 || seen++ % step != 0) {
                continue;
            }
            CodeMath.distances(query.signs(), query.large(), blocks[p], distances);
            for (long rest = wanted[p]; rest != 0; rest &= rest - 1) {
                histogram[(int) distances[Long.numberOfTrailingZeros(rest)]]++;
                sampled++;
            }
        }
        double share = Math.ceil((double) count / passing * sampled);
        int below = 0;
        int limit = 0;
        while (limit < distanceMax && (below += histogram[limit]) < share) {
            limit++;
        }
        return limit;
    }

    /** Compares the int8 codes of the rows within a distance that were farther than the last. */
    private void compareWithin(int limit) {
        System.arraycopy(far, 0, near, 0, far.length);
        CodeMath.within(query.signs(), query.large(), blocks, near.length, limit, near);
        for (int p = 0; p < near.length; p++) {
            far[p] ^= near[p];
        }
        bytes.compare(near);
    }
}
