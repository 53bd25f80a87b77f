package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.exact.RowTaker;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.NativeRows;

/**
 * One pass over the int8 codes: a row is scored exactly unless its upper bound is under the
 * threshold, so the result is that of scoring every row. One scan, one thread.
 */
final class ByteScan {

    /** From this many wanted rows of a page on, all 64 are compared at once. */
    private static final int DENSE = 20;

    private final ByteQuery query;
    private final PagedView<BytePage> bytes;
    private final RowTaker taker;
    private final ExactBatch exact;
    private final ByteBatch listed;

    private final int[] sums = new int[PagedRows.PAGE_ROWS];
    private final float[] upper = new float[PagedRows.PAGE_ROWS];

    ByteScan(
            float[] query,
            PagedView<BytePage> bytes,
            PagedView<NativeRows> floats,
            RowTaker taker) {
        this.query = new ByteQuery(query);
        this.bytes = bytes;
        this.taker = taker;
        this.exact = new ExactBatch(query, floats, taker);
        this.listed = new ByteBatch(this.query, bytes);
    }

    /** Hands over every row that passes and scores enough, until the taker has enough. */
    void run(RowFilter filter) {
        int pageCount = bytes.pageCount();
        for (int p = 0; p < pageCount && !exact.done(); p++) {
            long wanted = bytes.presenceWord(p);
            if (wanted != 0) {
                wanted &= filter.word(p);
            }
            BytePage page = bytes.page(p);
            if (wanted == 0 || page == null) {
                continue;
            }
            int first = p << PagedRows.PAGE_SHIFT;
            if (Long.bitCount(wanted) >= DENSE) {
                scanPage(page, first, wanted);
            } else {
                for (long rest = wanted; rest != 0; rest &= rest - 1) {
                    if (listed.add(first + Long.numberOfTrailingZeros(rest))) {
                        scanListed();
                    }
                }
            }
        }
        scanListed();
        exact.flush();
    }

    private void scanPage(BytePage page, int first, long wanted) {
        query.upperBounds(page, sums, upper);
        float threshold = taker.threshold();
        for (long rest = wanted; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            // Also a NaN bound, which bounds nothing, is scored.
            if (!(upper[slot] < threshold)) {
                exact.add(first + slot);
            }
        }
    }

    private void scanListed() {
        listed.estimate();
        float threshold = taker.threshold();
        for (int i = 0; i < listed.size(); i++) {
            if (!(listed.estimate(i) + listed.error(i) < threshold)) {
                exact.add(listed.ordinal(i));
            }
        }
        listed.clear();
    }
}
