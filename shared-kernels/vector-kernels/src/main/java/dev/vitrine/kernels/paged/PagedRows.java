package dev.vitrine.kernels.paged;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Growing storage of rows by ordinal in pages of {@value #PAGE_ROWS}, written while published views
 * are read.
 *
 * <p>{@link #writable} and {@link #remove} prepare the next view, {@link #publish} makes it; a view
 * never changes. Not safe for several writers: the owner lets one at a time in. Readers need no
 * lock.
 *
 * @param <P> a page: something that holds {@value #PAGE_ROWS} rows
 */
public final class PagedRows<P> {

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
     * publications a page is copied at most once.
     *
     * Freeing. A page is reachable from the writer and from the views that contain it; when the last
     * of them goes, the collector frees it. There is nothing to close and nothing to close too early.
     *
     * Stored pages. A StoredPage stands for a page of a snapshot until somebody reads it, which also
     * checks it; views share it. Such a page counts as seen in all slots: it is never written, the first
     * write to it makes a copy.
     *
     * Publication. Writes to pages happen before the write of the volatile `current`; whoever gets a
     * view from current() or by any other safe hand-over sees its rows.
     */

    /** Rows of a page. */
    public static final int PAGE_ROWS = 64;

    /** Page of an ordinal = ordinal shifted right by this. */
    public static final int PAGE_SHIFT = 6;

    /** Slot of an ordinal in its page = ordinal masked by this. */
    public static final int SLOT_MASK = PAGE_ROWS - 1;

    private static final int FIRST_PAGES = 16;

    private final int ordinalsMax;
    private final Supplier<P> allocate;
    private final UnaryOperator<P> copy;

    private @Nullable Object[] pages = new @Nullable Object[FIRST_PAGES];
    private long[] presence = new long[FIRST_PAGES];
    private long[] seen = new long[FIRST_PAGES];
    private int rowCount;
    private boolean changed;

    private volatile PagedView<P> current;

    /**
     * Creates empty storage.
     *
     * @param ordinalsMax ordinals from 0 to one below it are accepted; bounds the memory
     * @param allocate makes an empty page
     * @param copy makes a page of its own with the same rows
     */
    public PagedRows(int ordinalsMax, Supplier<P> allocate, UnaryOperator<P> copy) {
        this(ordinalsMax, allocate, copy, StoredPages.none());
    }

    /**
     * Creates storage that begins with pages of a snapshot, all of them published.
     *
     * @param stored their ordinals are inside the limit
     */
    public PagedRows(
            int ordinalsMax, Supplier<P> allocate, UnaryOperator<P> copy, StoredPages<P> stored) {
        if (ordinalsMax < 1) {
            throw new IllegalArgumentException(
                    "ordinalsMax must be at least 1, but is " + ordinalsMax);
        }
        this.ordinalsMax = ordinalsMax;
        this.allocate = allocate;
        this.copy = copy;
        this.current = new PagedView<>(0, new Object[0], new long[0]);
        long[] words = stored.presence();
        if (words.length > 0) {
            grow(words.length - 1);
        }
        for (int p = 0; p < words.length; p++) {
            if (words[p] != 0) {
                pages[p] = new StoredPage<>(stored.read(), p);
                presence[p] = words[p];
                seen[p] = -1L;
                rowCount += Long.bitCount(words[p]);
                changed = true;
            }
        }
        publish();
    }

    /** Upper bound, exclusive, of the ordinals that words of presence name; 0 for none. */
    public static int ordinalLimit(long[] presence) {
        for (int p = presence.length - 1; p >= 0; p--) {
            if (presence[p] != 0) {
                return PAGE_ROWS * (p + 1) - Long.numberOfLeadingZeros(presence[p]);
            }
        }
        return 0;
    }

    /** Refuses an ordinal outside the limit. */
    public void checkOrdinal(int ordinal) {
        if (ordinal < 0 || ordinal >= ordinalsMax) {
            throw new IllegalArgumentException(
                    "ordinal " + ordinal + " is outside 0 to " + (ordinalsMax - 1));
        }
    }

    /**
     * The page in which the row of an ordinal may be written now; the row counts as present from
     * here on.
     */
    public P writable(int ordinal) {
        P page = prepare(ordinal);
        int p = ordinal >> PAGE_SHIFT;
        long bit = 1L << ordinal;
        if ((presence[p] & bit) == 0) {
            presence[p] |= bit;
            rowCount++;
        }
        changed = true;
        return page;
    }

    /**
     * Takes the memory that {@link #writable} will need for an ordinal, so that it cannot run out
     * there. No row changes.
     *
     * @return the page
     */
    public P prepare(int ordinal) {
        checkOrdinal(ordinal);
        int p = ordinal >> PAGE_SHIFT;
        long bit = 1L << ordinal;
        if (p >= pages.length) {
            grow(p);
        }
        P page = page(p);
        if (page == null) {
            page = allocate.get();
            pages[p] = page;
            seen[p] = 0;
        } else if ((seen[p] & bit) != 0) {
            page = copy.apply(page);
            pages[p] = page;
            seen[p] = 0;
        }
        return page;
    }

    /**
     * Takes the row under an ordinal away.
     *
     * @return whether there was one
     */
    public boolean remove(int ordinal) {
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
    public PagedView<P> publish() {
        if (changed) {
            int used = pages.length;
            while (used > 0 && presence[used - 1] == 0) {
                used--;
            }
            for (int p = 0; p < used; p++) {
                seen[p] |= presence[p];
            }
            current =
                    new PagedView<>(
                            rowCount, Arrays.copyOf(pages, used), Arrays.copyOf(presence, used));
            changed = false;
        }
        return current;
    }

    /**
     * Lets the next view refer to stored pages directly; to be called once they were read, see
     * {@link PagedView#readAll}.
     */
    public void settle() {
        for (int p = 0; p < pages.length; p++) {
            pages[p] = page(p);
        }
        changed = true;
    }

    /** The view that was published last; empty at first. */
    public PagedView<P> current() {
        return current;
    }

    /** A page as the writer has it, to read; null if it has no row. */
    @SuppressWarnings("unchecked") // only pages are put in, or what stands for them
    public @Nullable P page(int index) {
        return (P) StoredPage.resolve(pages[index]);
    }

    /** The 64 presence bits of a page as the writer has it. */
    public long presenceWord(int index) {
        return index < presence.length ? presence[index] : 0L;
    }

    private void grow(int page) {
        int pagesMax = ((ordinalsMax - 1) >> PAGE_SHIFT) + 1;
        int length = (int) Math.min(pagesMax, Math.max(page + 1L, pages.length * 3L / 2));
        pages = Arrays.copyOf(pages, length);
        presence = Arrays.copyOf(presence, length);
        seen = Arrays.copyOf(seen, length);
    }
}
