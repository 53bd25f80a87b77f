package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import java.util.function.IntConsumer;

/**
 * The rows of a view that a filter lets pass.
 *
 * @param words bit {@code i} of word {@code p} for slot {@code i} of page {@code p}
 * @param count number of these rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PassingRows(long[] words, int count) {

    static PassingRows of(PagedView<?> view, RowFilter filter) {
        long[] words = new long[view.pageCount()];
        int count = 0;
        for (int p = 0; p < words.length; p++) {
            long present = view.presenceWord(p);
            if (present != 0) {
                words[p] = present & filter.word(p);
                count += Long.bitCount(words[p]);
            }
        }
        return new PassingRows(words, count);
    }

    /** Hands over the ordinals of these rows, rising. */
    void forEach(IntConsumer taker) {
        forEach(words, taker);
    }

    /** The ordinals of these rows, rising; in half the time of {@link #forEach}. */
    int[] ordinals() {
        int[] ordinals = new int[count];
        int size = 0;
        for (int p = 0; p < words.length; p++) {
            int first = p << PagedRows.PAGE_SHIFT;
            for (long rest = words[p]; rest != 0; rest &= rest - 1) {
                ordinals[size++] = first + Long.numberOfTrailingZeros(rest);
            }
        }
        return ordinals;
    }

    /** Hands over the ordinals of rows, given as bits of the pages' words, rising. */
    static void forEach(long[] words, IntConsumer taker) {
        for (int p = 0; p < words.length; p++) {
            int first = p << PagedRows.PAGE_SHIFT;
            for (long rest = words[p]; rest != 0; rest &= rest - 1) {
                taker.accept(first + Long.numberOfTrailingZeros(rest));
            }
        }
    }

    /**
     * Whether so many rows are kept away that these may be the best of any query. Then its k-th
     * best row tells less than that of a query of all rows, on which margins are found.
     *
     * @param rowCount of the view
     */
    boolean keepsBestAway(int rowCount) {
        return rowCount - count > SearchPlan.K;
    }

    /** Whether the row of an ordinal of the view passes. */
    boolean contains(int ordinal) {
        return (words[ordinal >> PagedRows.PAGE_SHIFT] >>> ordinal & 1) != 0;
    }
}
