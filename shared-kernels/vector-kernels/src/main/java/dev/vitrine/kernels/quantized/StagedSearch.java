package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.NativeRows;

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

    /**
     * Share of an int8 code's error bound that counts as its margin. The bound holds for the worst
     * direction of the error; in n dimensions a random one errs by a part of 1/sqrt(n).
     */
    static final float BYTE_MARGIN = 0.25f;

    /** Rows that tell the first floor, for each row asked for, where all distances are kept. */
    static final int COMPARED = 4;

    private final SearchPlan plan;
    private final boolean filtered;
    private final SignQuery query;
    private final ByteStage bytes;
    private final boolean listed;
    private final NearRows near;
    private final int passing;
    private final int distanceMax;

    StagedSearch(
            float[] query,
            SignView signs,
            PagedView<BytePage> bytes,
            PagedView<NativeRows> floats,
            SearchPlan plan,
            PassingRows rows) {
        this.plan = plan;
        this.query = signs.encoder().query(query);
        this.distanceMax = signs.encoder().distanceMax();
        this.bytes = new ByteStage(query, bytes, floats, 2 * plan.rows());
        this.passing = rows.count();
        this.filtered = rows.keepsBestAway(signs.pages().rowCount());
        this.listed = ListedRows.serves(rows);
        this.near =
                listed
                        ? new ListedRows(this.query, signs.blocks(), rows, distanceMax)
                        : new ScannedRows(this.query, signs.blocks(), rows, distanceMax);
    }

    /** The best rows, at most k; fewer only if fewer pass. */
    RowMatches topK(int k) {
        int most = Math.min(k, passing);
        int first = listed ? COMPARED * k : plan.rowsFor(k);
        int limit = near.firstLimit(Math.max(most, first));
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

    /** Compares the int8 codes of the rows within a distance that were farther than the last. */
    private void compareWithin(int limit) {
        near.forEachWithin(limit, bytes::add);
        bytes.flush();
    }
}
