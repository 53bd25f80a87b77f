package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Growing storage of float32 rows by ordinal, written while published views are read.
 *
 * <p>{@link #put} and {@link #remove} prepare the next view, {@link #publish} makes it; a view
 * never changes. Writers may be several threads, they take turns on one lock; readers take none.
 */
public final class FloatRows {

    /*
     * Pages. Rows live in pages of 64, so that one page is one word of presence and of a filter. The
     * writer has its own arrays of page references and presence words; publish() copies these arrays
     * (16 bytes for 64 rows), not the rows.
     *
     * Copy on write. `seen[p]` holds the slots of page p that were present in some published view
     * since this very page object was allocated. A slot outside it was never readable, so it is
     * written in place: appending rows and filling reserved ordinals copies nothing, although views
     * with the same page are being read (they may score such a slot together with its neighbours, but
     * drop the result). Writing a slot inside it first replaces the page by a copy, of which nothing
     * was seen; further writes to it before the next publish() are in place. So between two
     * publications a page is copied at most once, and a copied page is what an overwritten row costs:
     * 96 KB at 384 dimensions.
     *
     * Freeing. A page is reachable from the writer and from the views that contain it; when the last
     * of them goes, the collector frees it (NativeRows). There is nothing to close and nothing to
     * close too early. The price is that freeing waits for a collection; the JVM forces one when
     * -XX:MaxDirectMemorySize is reached.
     *
     * Publication. Writes to pages happen before the write of the volatile `current`; whoever gets a
     * view from current() or by any other safe hand-over sees its rows.
     */
    static final int PAGE_SHIFT = 6;
    static final int PAGE_ROWS = 1 << PAGE_SHIFT;
    static final int SLOT_MASK = PAGE_ROWS - 1;

    private static final int FIRST_PAGES = 16;

    private final int dimensions;
    private final int ordinalsMax;

    private @Nullable NativeRows[] pages = new @Nullable NativeRows[FIRST_PAGES];
    private long[] presence = new long[FIRST_PAGES];
    private long[] seen = new long[FIRST_PAGES];
    private int rowCount;
    private boolean changed;

    private volatile FloatRowsView current;

    /**
     * Creates empty storage.
     *
     * @param dimensions number of components of every row
     * @param ordinalsMax ordinals from 0 to one below it are accepted; bounds the memory
     */
    public FloatRows(int dimensions, int ordinalsMax) {
        this.dimensions = NativeRows.checkDimensions(dimensions);
        if (ordinalsMax < 1) {
            throw new IllegalArgumentException(
                    "ordinalsMax must be at least 1, but is " + ordinalsMax);
        }
        this.ordinalsMax = ordinalsMax;
        this.current = new FloatRowsView(dimensions, 0, new @Nullable NativeRows[0], new long[0]);
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
        if (ordinal < 0 || ordinal >= ordinalsMax) {
            throw new IllegalArgumentException(
                    "ordinal " + ordinal + " is outside 0 to " + (ordinalsMax - 1));
        }
        if (vector.length != dimensions) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " for rows of " + dimensions);
        }
        if (!VectorMath.isFinite(vector)) {
            throw new IllegalArgumentException(
                    "the vector of ordinal " + ordinal + " has a NaN or infinite component");
        }
        int p = ordinal >> PAGE_SHIFT;
        long bit = 1L << ordinal;
        if (p >= pages.length) {
            grow(p);
        }
        NativeRows page = pages[p];
        if (page == null) {
            page = NativeRows.allocate(dimensions, PAGE_ROWS);
            pages[p] = page;
            seen[p] = 0;
        } else if ((seen[p] & bit) != 0) {
            page = page.copy();
            pages[p] = page;
            seen[p] = 0;
        }
        page.set(ordinal & SLOT_MASK, vector);
        if ((presence[p] & bit) == 0) {
            presence[p] |= bit;
            rowCount++;
        }
        changed = true;
    }

    /**
     * Takes the row under an ordinal away.
     *
     * @return whether there was one
     */
    public synchronized boolean remove(int ordinal) {
        int p = ordinal >> PAGE_SHIFT;
        long bit = 1L << ordinal;
        if (ordinal < 0 || p >= pages.length || (presence[p] & bit) == 0) {
            return false;
        }
        presence[p] &= ~bit;
        rowCount--;
        if (presence[p] == 0) {
            // Views that still show rows of this page hold it themselves.
            pages[p] = null;
        }
        changed = true;
        return true;
    }

    /** Makes all changes so far visible as one view; the last view again if there were none. */
    public synchronized FloatRowsView publish() {
        if (changed) {
            int used = pages.length;
            while (used > 0 && presence[used - 1] == 0) {
                used--;
            }
            for (int p = 0; p < used; p++) {
                seen[p] |= presence[p];
            }
            current =
                    new FloatRowsView(
                            dimensions,
                            rowCount,
                            Arrays.copyOf(pages, used),
                            Arrays.copyOf(presence, used));
            changed = false;
        }
        return current;
    }

    /** The view that was published last; empty at first. */
    public FloatRowsView current() {
        return current;
    }

    private void grow(int page) {
        int pagesMax = ((ordinalsMax - 1) >> PAGE_SHIFT) + 1;
        int length = (int) Math.min(pagesMax, Math.max(page + 1L, pages.length * 3L / 2));
        pages = Arrays.copyOf(pages, length);
        presence = Arrays.copyOf(presence, length);
        seen = Arrays.copyOf(seen, length);
    }
}
