package dev.vitrine.index.column;

import org.jspecify.annotations.Nullable;

/** The pages of a column as of one generation; unchanging, for any number of threads. */
final class PageView {

    static final PageView EMPTY = new PageView(new PageTable.@Nullable Chunk[0], 0);

    private final PageTable.@Nullable Chunk[] chunks;
    private final int size;

    PageView(PageTable.@Nullable Chunk[] chunks, int size) {
        this.chunks = chunks;
        this.size = size;
    }

    /** Number of ordinals with a value. */
    int size() {
        return size;
    }

    @Nullable Page page(int index) {
        int number = index >> PageTable.CHUNK_SHIFT;
        PageTable.Chunk chunk = number < chunks.length ? chunks[number] : null;
        return chunk == null ? null : chunk.pages[index & PageTable.CHUNK_MASK];
    }

    /** Which of the 64 ordinals of a page have a value. */
    long presence(int index) {
        Page page = page(index);
        return page == null ? 0 : page.presence;
    }

    /** Upper bound, exclusive, of the pages that may hold values. */
    int pageLimit() {
        return chunks.length << PageTable.CHUNK_SHIFT;
    }
}
