package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.exact.BestRows;
import dev.vitrine.kernels.paged.PagedRows;
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
 *   <li>the same codes of the nearest against four bit planes of the query, an unbiased estimate;
 *   <li>int8 codes of the best;
 *   <li>exact scores of those that int8 codes cannot tell apart.
 * </ol>
 *
 * <p>From the second stage on a floor is known that the k-th best score is not under. A row goes on
 * when its estimate is over the floor less the margin that the plan gives to the stage. So it does
 * not matter how many rows a filter lets pass, or which.
 */
final class StagedSearch {

    /** Rows whose distances tell where the first limit lies. */
    private static final int SAMPLE_ROWS = 1_024;

    /**
     * Share of an int8 code's error bound that counts as its margin. The bound holds for the worst
     * direction of the error; in n dimensions a random one errs by a part of 1/sqrt(n).
     */
    private static final float BYTE_MARGIN = 0.25f;

    /** With a smaller share of the rows passing, a search counts as filtered. */
    private static final double FILTERED = 0.9;

    /** Rows for each result whose int8 codes tell the floor. */
    private static final int FLOOR_ROWS = 4;

    private final float[] query;
    private final SearchPlan plan;
    private final Margins margins;
    private final PagedView<SignPage> signs;
    private final SignBlock[] blocks;
    private final SignQuery signQuery;
    private final ByteBatch bytes;
    private final PagedView<NativeRows> floats;
    private final long[] wanted;
    private final int passing;
    private final int distanceMax;

    /** The largest error bound of the int8 codes that were compared. */
    private float byteError;

    StagedSearch(
            float[] query,
            SignView signs,
            PagedView<BytePage> bytes,
            PagedView<NativeRows> floats,
            SearchPlan plan,
            PassingRows rows) {
        this.query = query;
        this.plan = plan;
        this.signs = signs.pages();
        this.blocks = signs.blocks();
        this.signQuery = signs.encoder().query(query);
        this.distanceMax = signs.encoder().distanceMax();
        this.bytes = new ByteBatch(new ByteQuery(query), bytes);
        this.floats = floats;
        this.wanted = rows.words();
        this.passing = rows.count();
        this.margins = plan.marginsFor(passing < FILTERED * signs.pages().rowCount());
    }

    /** The best rows, at most k; fewer only if fewer pass. */
    RowMatches topK(int k) {
        int most = Math.min(k, passing);
        double expected = plan.byDistance() * Math.sqrt((double) k / SearchPlan.K);
        int limit = firstLimit(Math.max(most, (int) expected));
        CandidateList candidates = new CandidateList(2 * (int) expected);
        estimateWithin(limit, candidates);
        while (candidates.size() < most) {
            // The sample was misleading.
            limit += distanceMax / 64;
            estimateWithin(limit, candidates);
        }
        float floor = floor(candidates, most);
        int needed = signQuery.distanceAt(floor - margin(margins.distance()));
        if (needed > limit) {
            estimateWithin(needed, candidates);
            floor = Math.max(floor, floor(candidates, most));
        }
        candidates.dropUnder((float) (floor - margin(margins.estimate())), most);
        return exactly(finalists(candidates, most), k);
    }

    private double margin(double margin) {
        return margin * signQuery.length();
    }

    /** A distance within which about {@code count} of the passing rows lie. */
    private int firstLimit(int count) {
        int[] histogram = new int[distanceMax + 1];
        long[] distances = new long[SignBlock.ROWS];
        // With passing / pages rows a page, every so manieth page makes the sample.
        int step = Math.max(1, passing / SAMPLE_ROWS);
        int sampled = 0;
        for (int p = step / 2; p < wanted.length; p += step) {
            if (wanted[p] == 0) {
                continue;
            }
            CodeMath.distances(signQuery.signs(), signQuery.large(), blocks[p], distances);
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

    /** The passing rows within a distance, with their estimates from bit planes. */
    private void estimateWithin(int limit, CandidateList candidates) {
        candidates.clear();
        long[] sums = new long[SignBlock.ROWS];
        long[] near = wanted.clone();
        CodeMath.within(signQuery.signs(), signQuery.large(), blocks, near.length, limit, near);
        for (int p = 0; p < near.length; p++) {
            SignPage page = near[p] == 0 ? null : signs.page(p);
            if (page != null) {
                estimate(page, p << PagedRows.PAGE_SHIFT, near[p], sums, candidates);
            }
        }
    }

    private void estimate(
            SignPage page, int first, long rows, long[] sums, CandidateList candidates) {
        CodeMath.planeSums(signQuery.planes(), page.codes(), rows, sums);
        for (long rest = rows; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            candidates.add(first + slot, signQuery.estimate(page.factors()[slot], sums[slot]));
        }
    }

    /**
     * A score that k rows reach, by their int8 codes: the k-th best of some of the best estimates.
     * The true k-th best score is not under it but for the error of these codes.
     */
    private float floor(CandidateList candidates, int k) {
        int compared = Math.min(candidates.size(), FLOOR_ROWS * k);
        candidates.bestFirst(compared);
        CandidateList best = byBytes(candidates, compared);
        best.bestFirst(k);
        return best.least(k);
    }

    /** The rows that can be among the best k by their int8 codes. */
    private CandidateList finalists(CandidateList candidates, int k) {
        CandidateList compared = byBytes(candidates, candidates.size());
        compared.bestFirst(k);
        compared.dropUnder(compared.least(k) - BYTE_MARGIN * byteError, k);
        return compared;
    }

    /** The first {@code count} candidates with their estimates from int8 codes. */
    private CandidateList byBytes(CandidateList candidates, int count) {
        CandidateList compared = new CandidateList(count);
        for (int i = 0; i < count; i++) {
            if (bytes.add(candidates.ordinal(i)) || i == count - 1) {
                bytes.estimate();
                for (int b = 0; b < bytes.size(); b++) {
                    compared.add(bytes.ordinal(b), bytes.estimate(b));
                    byteError = Math.max(byteError, bytes.error(b));
                }
                bytes.clear();
            }
        }
        return compared;
    }

    private RowMatches exactly(CandidateList candidates, int k) {
        BestRows best = new BestRows(k);
        ExactBatch exact = new ExactBatch(query, floats, best);
        for (int i = 0; i < candidates.size(); i++) {
            exact.add(candidates.ordinal(i));
        }
        exact.flush();
        return best.toMatches();
    }
}
