package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.StoredPages;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;

/**
 * Growing storage of float32 rows by ordinal, written while published views are read.
 *
 * <p>{@link #put} and {@link #remove} prepare the next view, {@link #publish} makes it; a view
 * never changes. Writers may be several threads, they take turns on one lock; readers take none.
 */
public final class FloatRows {

    private final int dimensions;
    private final PagedRows<NativeRows> pages;

    private volatile FloatRowsView current;

    /**
     * Creates empty storage.
     *
     * @param dimensions number of components of every row
     * @param ordinalsMax ordinals from 0 to one below it are accepted; bounds the memory
     */
    public FloatRows(int dimensions, int ordinalsMax) {
        this(dimensions, ordinalsMax, StoredPages.none());
    }

    /** Creates storage that begins with the rows of a snapshot, all of them published. */
    public FloatRows(int dimensions, int ordinalsMax, StoredPages<NativeRows> stored) {
        this.dimensions = NativeRows.checkDimensions(dimensions);
        this.pages =
                new PagedRows<>(
                        ordinalsMax,
                        () -> NativeRows.allocate(dimensions, PagedRows.PAGE_ROWS),
                        NativeRows::copy,
                        stored);
        this.current = new FloatRowsView(dimensions, pages.current());
    }

    /** Number of components of a row. */
    public int dimensions() {
        return dimensions;
    }

    /**
     * Stores a copy of a vector under an ordinal, in place of the one that may be there.
     *
     * @throws IllegalArgumentException if the length is wrong, a component is NaN or infinite, or
     *     the ordinal is outside the limit; nothing is changed then
     */
    public synchronized void put(int ordinal, float[] vector) {
        check(ordinal, vector);
        pages.writable(ordinal).set(ordinal & PagedRows.SLOT_MASK, vector);
    }

    /**
     * Refuses what {@link #put} does not store.
     *
     * @throws IllegalArgumentException as there
     */
    public void check(int ordinal, float[] vector) {
        pages.checkOrdinal(ordinal);
        if (vector.length != dimensions) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " for rows of " + dimensions);
        }
        if (!VectorMath.isFinite(vector)) {
            throw new IllegalArgumentException(
                    "the vector of ordinal " + ordinal + " has a NaN or infinite component");
        }
    }

    /** Takes the memory that {@link #put} will need for an ordinal; no row changes. */
    public synchronized void prepare(int ordinal) {
        pages.prepare(ordinal);
    }

    /**
     * Takes the row under an ordinal away.
     *
     * @return whether there was one
     */
    public synchronized boolean remove(int ordinal) {
        return pages.remove(ordinal);
    }

    /**
     * Copies a row as it was put last, published or not, into an array of {@link #dimensions()}
     * components.
     *
     * @return whether there is such a row; if not, the array is unchanged
     */
    public synchronized boolean copyRow(int ordinal, float[] target) {
        int slot = ordinal & PagedRows.SLOT_MASK;
        int index = ordinal >> PagedRows.PAGE_SHIFT;
        NativeRows page = (pages.presenceWord(index) >>> slot & 1) == 0 ? null : pages.page(index);
        if (page == null) {
            return false;
        }
        page.get(slot, target);
        return true;
    }

    /** Makes all changes so far visible as one view; the last view again if there were none. */
    public synchronized FloatRowsView publish() {
        if (pages.publish() != current.pages()) {
            current = new FloatRowsView(dimensions, pages.current());
        }
        return current;
    }

    /** Lets the next view refer to stored pages directly, once they were read. */
    public synchronized void settle() {
        pages.settle();
    }

    /** The view that was published last; empty at first. */
    public FloatRowsView current() {
        return current;
    }
}
