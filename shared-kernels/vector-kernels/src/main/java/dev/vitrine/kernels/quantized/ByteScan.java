package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.RowTaker;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.NativeRows;
import org.jspecify.annotations.Nullable;

/**
 * One pass over all rows that pass a filter, by their heads if there are any, then by their int8
 * codes: a row is scored exactly unless an upper bound is under the threshold, so the result is
 * that of scoring every row. One scan, one thread.
 */
final class ByteScan {

    /** From this many wanted rows of a page on, the int8 codes of all 64 are compared at once. */
    private static final int DENSE = 20;

    private final @Nullable HeadScan heads;
    private final ByteQuery query;
    private final PagedView<BytePage> bytes;
    private final RowTaker taker;
    private final ExactBatch exact;
    private final ByteBatch listed;

    private final int[] sums = new int[PagedRows.PAGE_ROWS];
    private final float[] upper = new float[PagedRows.PAGE_ROWS];

    /**
     * Prepares a scan.
     *
     * @param heads null if there are none or too few rows of a page are wanted
     */
    ByteScan(
            float[] query,
            @Nullable HeadView heads,
            PagedView<BytePage> bytes,
            PagedView<NativeRows> floats,
            RowTaker taker) {
        this.heads = heads == null ? null : new HeadScan(heads, query);
        this.query = new ByteQuery(query);
        this.bytes = bytes;
        this.taker = taker;
        this.exact = new ExactBatch(query, floats, taker);
        this.listed = new ByteBatch(this.query, bytes);
    }

    /** Hands over every row that passes and scores enough, until the taker has enough. */
    void run(PassingRows rows) {
        long[] words = rows.words();
        for (int p = 0; p < words.length && !exact.done(); p++) {
            long wanted = words[p];
            if (wanted == 0) {
                continue;
            }
            BytePage page = bytes.page(p);
            int first = p << PagedRows.PAGE_SHIFT;
            if (heads != null) {
                list(first, heads.notUnder(p, wanted, taker.threshold()));
            } else if (page != null && Long.bitCount(wanted) >= DENSE) {
                query.upperBounds(page, sums, upper);
                score(first, wanted & CodeMath.notUnder(upper, 0, taker.threshold()));
            } else {
                list(first, wanted);
            }
        }
        scanListed();
        exact.flush();
    }

    private void score(int first, long rows) {
        for (long rest = rows; rest != 0; rest &= rest - 1) {
            exact.add(first + Long.numberOfTrailingZeros(rest));
        }
    }

    private void list(int first, long rows) {
        for (long rest = rows; rest != 0; rest &= rest - 1) {
            if (listed.add(first + Long.numberOfTrailingZeros(rest))) {
                scanListed();
            }
        }
    }

    private void scanListed() {
        listed.estimate();
        float threshold = taker.threshold();
        for (int i = 0; i < listed.size(); i++) {
            // Also a NaN bound, which bounds nothing, is scored.
            if (!(listed.estimate(i) + listed.error(i) < threshold)) {
                exact.add(listed.ordinal(i));
            }
        }
        listed.clear();
    }
}
