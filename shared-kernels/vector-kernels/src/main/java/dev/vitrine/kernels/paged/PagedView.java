package dev.vitrine.kernels.paged;

import org.jspecify.annotations.Nullable;

/**
 * The pages of one moment; unchanging, for any number of threads.
 *
 * @param <P> a page of {@link PagedRows#PAGE_ROWS} rows
 */
public final class PagedView<P> {

    // Page p holds the ordinals from 64 p on. Bit i of presence[p] says whether slot i of the page
    // is a row of this view; other slots may hold anything and may be written meanwhile. A page
    // without rows may be null.
    private final int rowCount;
    private final @Nullable Object[] pages;
    private final long[] presence;

    PagedView(int rowCount, @Nullable Object[] pages, long[] presence) {
        this.rowCount = rowCount;
        this.pages = pages;
        this.presence = presence;
    }

    /** Number of rows. */
    public int rowCount() {
        return rowCount;
    }

    /** Number of pages, some of which may be without rows. */
    public int pageCount() {
        return presence.length;
    }

    /** Upper bound, exclusive, of the ordinals present; 0 when empty. */
    public int ordinalLimit() {
        return PagedRows.ordinalLimit(presence);
    }

    /** Whether there is a row under an ordinal. */
    public boolean contains(int ordinal) {
        int p = ordinal >> PagedRows.PAGE_SHIFT;
        return ordinal >= 0 && p < presence.length && ((presence[p] >>> ordinal) & 1L) != 0;
    }

    /** The 64 presence bits of the ordinals from {@code 64 * index} on; zero beyond the end. */
    public long presenceWord(int index) {
        return index < presence.length ? presence[index] : 0L;
    }

    /** A page; null only if it has no row in this view. */
    @SuppressWarnings("unchecked") // PagedRows puts only pages in, or what stands for them
    public @Nullable P page(int index) {
        return (P) StoredPage.resolve(pages[index]);
    }

    /** Reads every page of a snapshot that was not read yet. */
    public void readAll() {
        for (int p = 0; p < pages.length; p++) {
            page(p);
        }
    }

    /** The page that holds the row of an ordinal, null if there is no such row. */
    public @Nullable P pageWith(int ordinal) {
        return contains(ordinal) ? page(ordinal >> PagedRows.PAGE_SHIFT) : null;
    }
}
