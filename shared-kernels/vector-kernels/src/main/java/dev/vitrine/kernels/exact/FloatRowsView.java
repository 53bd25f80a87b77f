package dev.vitrine.kernels.exact;

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
    private final int rowCount;

    // Page p holds the ordinals from 64 p on. Bit i of presence[p] says whether slot i of the page
    // is a row of this view; other slots may hold anything and may be written meanwhile. A page
    // without rows may be null.
    private final @Nullable NativeRows[] pages;
    private final long[] presence;

    FloatRowsView(int dimensions, int rowCount, @Nullable NativeRows[] pages, long[] presence) {
        this.dimensions = dimensions;
        this.rowCount = rowCount;
        this.pages = pages;
        this.presence = presence;
    }

    /** Number of components of a row. */
    public int dimensions() {
        return dimensions;
    }

    /** Number of rows. */
    public int rowCount() {
        return rowCount;
    }

    /** Upper bound, exclusive, of the ordinals present; 0 when empty. */
    public int ordinalLimit() {
        for (int p = presence.length - 1; p >= 0; p--) {
            if (presence[p] != 0) {
                return FloatRows.PAGE_ROWS * (p + 1) - Long.numberOfLeadingZeros(presence[p]);
            }
        }
        return 0;
    }

    /** Whether there is a row under an ordinal. */
    public boolean contains(int ordinal) {
        int p = ordinal >> FloatRows.PAGE_SHIFT;
        return ordinal >= 0 && p < presence.length && ((presence[p] >>> ordinal) & 1L) != 0;
    }

    /** The 64 presence bits of the ordinals from {@code 64 * index} on; zero beyond the end. */
    public long presenceWord(int index) {
        return index < presence.length ? presence[index] : 0L;
    }

    /**
     * Copies a row into an array of {@link #dimensions()} components.
     *
     * @return whether there is such a row; if not, the array is unchanged
     */
    public boolean copyRow(int ordinal, float[] target) {
        NativeRows page = pageWith(ordinal);
        if (page == null) {
            return false;
        }
        page.get(ordinal & FloatRows.SLOT_MASK, target);
        return true;
    }

    /** The float32 components of a row in native byte order, read-only; null if there is none. */
    public @Nullable MemorySegment row(int ordinal) {
        NativeRows page = pageWith(ordinal);
        return page == null ? null : page.row(ordinal & FloatRows.SLOT_MASK);
    }

    private @Nullable NativeRows pageWith(int ordinal) {
        return contains(ordinal) ? pages[ordinal >> FloatRows.PAGE_SHIFT] : null;
    }

    int pageCount() {
        return presence.length;
    }

    /** Null only if the page has no row in this view. */
    @Nullable NativeRows page(int index) {
        return pages[index];
    }
}
