package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.NativeRows;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one moment, by ordinal; unchanging, for any number of threads.
 *
 * <p>It needs no closing: the memory of its pages lives as long as this view or one of the segments
 * taken from it can be reached.
 */
public final class FloatRowsView {

    private final int dimensions;
    private final PagedView<NativeRows> pages;

    FloatRowsView(int dimensions, PagedView<NativeRows> pages) {
        this.dimensions = dimensions;
        this.pages = pages;
    }

    /** Number of components of a row. */
    public int dimensions() {
        return dimensions;
    }

    /** Number of rows. */
    public int rowCount() {
        return pages.rowCount();
    }

    /** Upper bound, exclusive, of the ordinals present; 0 when empty. */
    public int ordinalLimit() {
        return pages.ordinalLimit();
    }

    /** Whether there is a row under an ordinal. */
    public boolean contains(int ordinal) {
        return pages.contains(ordinal);
    }

    /**
     * Copies a row into an array of {@link #dimensions()} components.
     *
     * @return whether there is such a row; if not, the array is unchanged
     */
    public boolean copyRow(int ordinal, float[] target) {
        NativeRows page = pages.pageWith(ordinal);
        if (page == null) {
            return false;
        }
        page.get(ordinal & PagedRows.SLOT_MASK, target);
        return true;
    }

    /**
     * Ordinals of rows that are evenly spread over all rows, rising.
     *
     * @param most number of them, fewer if there are fewer rows
     */
    public int[] sample(int most) {
        int[] sample = new int[Math.min(most, rowCount())];
        int size = 0;
        int before = 0;
        for (int p = 0; size < sample.length; p++) {
            long present = pages.presenceWord(p);
            int through = before + Long.bitCount(present);
            while (size < sample.length && rank(size, sample.length) < through) {
                int inPage = rank(size, sample.length) - before;
                long row = Long.expand(1L << inPage, present);
                sample[size++] = (p << PagedRows.PAGE_SHIFT) + Long.numberOfTrailingZeros(row);
            }
            before = through;
        }
        return sample;
    }

    private int rank(int index, int count) {
        return (int) ((long) index * rowCount() / count);
    }

    /** The float32 components of a row in native byte order, read-only; null if there is none. */
    public @Nullable MemorySegment row(int ordinal) {
        NativeRows page = pages.pageWith(ordinal);
        return page == null ? null : page.row(ordinal & PagedRows.SLOT_MASK);
    }

    /** The blocks of 64 rows. */
    public PagedView<NativeRows> pages() {
        return pages;
    }
}
