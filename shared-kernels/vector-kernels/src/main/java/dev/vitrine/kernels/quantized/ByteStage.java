package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.exact.BestRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.NativeRows;

/**
 * The last stages of a top-k search: int8 codes of the rows it is given, then exact scores of those
 * that int8 codes cannot tell apart. One search, one thread.
 */
final class ByteStage {

    /** Both the k-th best row and one under it may err by the whole bound. */
    static final float CERTAIN = 2;

    /** Estimates that tell how far the best rows lie apart. */
    private static final int GAPS = 32;

    private final float[] query;
    private final ByteBatch bytes;
    private final PagedView<NativeRows> floats;
    private final CandidateList compared;

    /**
     * The largest error bound of the codes that were compared; NaN, which bounds nothing, stays.
     */
    private float error;

    /**
     * @param expected number of rows, about
     */
    ByteStage(
            float[] query, PagedView<BytePage> bytes, PagedView<NativeRows> floats, int expected) {
        this.query = query;
        this.bytes = new ByteBatch(new ByteQuery(query), bytes);
        this.floats = floats;
        this.compared = new CandidateList(expected);
    }

    /** Compares the int8 codes of rows. */
    void compare(PassingRows rows) {
        rows.forEach(this::add);
        flush();
    }

    /** Compares the int8 code of a row, at the next {@link #flush} at the latest. */
    void add(int ordinal) {
        if (bytes.add(ordinal)) {
            flush();
        }
    }

    /** Compares the rows that are waiting. */
    void flush() {
        bytes.estimate();
        for (int b = 0; b < bytes.size(); b++) {
            compared.add(bytes.ordinal(b), bytes.estimate(b));
            error = Math.max(error, bytes.error(b));
        }
        bytes.clear();
    }

    /** Number of rows that were compared. */
    int size() {
        return compared.size();
    }

    /** The k-th best estimate so far. */
    float floor(int k) {
        compared.bestFirst(k);
        return compared.least(k);
    }

    /**
     * How much the best k estimates so far, or some of them, lie over the last one of them.
     *
     * @param floor what {@link #floor} has just told for k
     */
    float[] gaps(int k, float floor) {
        int count = Math.min(k, size());
        int step = Math.ceilDiv(count, GAPS);
        float[] gaps = new float[count == 0 ? 0 : Math.ceilDiv(count, step)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = compared.estimate(i * step) - floor;
        }
        return gaps;
    }

    /**
     * The best of the rows that were compared.
     *
     * @param share how much of the error bound a row may lie under the k-th best estimate; {@link
     *     #CERTAIN} leaves nothing out
     */
    RowMatches best(int k, float share) {
        int kept = Math.min(k, size());
        // An estimate that overflowed says no more than that it is larger than all floats.
        float floor = Math.min(floor(kept), Float.MAX_VALUE);
        compared.dropUnder(floor - share * error, kept);
        BestRows best = new BestRows(k);
        ExactBatch exact = new ExactBatch(query, floats, best);
        for (int i = 0; i < compared.size(); i++) {
            exact.add(compared.ordinal(i));
        }
        exact.flush();
        return best.toMatches();
    }
}
