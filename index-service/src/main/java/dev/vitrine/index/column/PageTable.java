package dev.vitrine.index.column;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The writer's side of one column's pages; one thread at a time. */
final class PageTable {

    /*
     * Two levels: an array of chunks, each with the references of 64 pages, so 4,096 ordinals. An
     * empty chunk is null: a column with values in a few places costs 8 bytes for each 4,096
     * ordinals elsewhere.
     *
     * Copy on write: pages are immutable, a chunk that a published view shows is copied before it is
     * changed, and so is the array of chunks. One changed value so copies one page (at most 512
     * bytes), one chunk (256 or 512 bytes) and the top array, once a publication, whatever the
     * number of products. Views hold what they show; nothing is ever closed here.
     */
    static final int CHUNK_SHIFT = 6;
    static final int CHUNK_PAGES = 1 << CHUNK_SHIFT;
    static final int CHUNK_MASK = CHUNK_PAGES - 1;

    /** References of 64 pages. */
    static final class Chunk {

        final @Nullable Page[] pages;
        private boolean published;

        Chunk() {
            this.pages = new @Nullable Page[CHUNK_PAGES];
        }

        private Chunk(Chunk other) {
            this.pages = Arrays.copyOf(other.pages, CHUNK_PAGES);
        }
    }

    private @Nullable Chunk[] chunks = new @Nullable Chunk[1];
    private int size;
    private boolean changed;
    private PageView view = PageView.EMPTY;

    /** Number of ordinals with a value. */
    int size() {
        return size;
    }

    boolean changed() {
        return changed;
    }

    @Nullable Page page(int index) {
        int chunk = index >> CHUNK_SHIFT;
        Chunk holder = chunk < chunks.length ? chunks[chunk] : null;
        return holder == null ? null : holder.pages[index & CHUNK_MASK];
    }

    void set(int index, Page page) {
        int number = index >> CHUNK_SHIFT;
        if (number >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(number + 1, chunks.length * 3 / 2));
        }
        Chunk chunk = chunks[number];
        if (chunk == null) {
            chunk = new Chunk();
            chunks[number] = chunk;
        } else if (chunk.published) {
            chunk = new Chunk(chunk);
            chunks[number] = chunk;
        }
        Page before = chunk.pages[index & CHUNK_MASK];
        size += page.count() - (before == null ? 0 : before.count());
        chunk.pages[index & CHUNK_MASK] = page.presence == 0 ? null : page;
        changed = true;
    }

    /** The state now; the same object as before if nothing changed. */
    PageView publish() {
        if (changed) {
            for (Chunk chunk : chunks) {
                if (chunk != null) {
                    chunk.published = true;
                }
            }
            view = new PageView(chunks.clone(), size);
            changed = false;
        }
        return view;
    }
}
