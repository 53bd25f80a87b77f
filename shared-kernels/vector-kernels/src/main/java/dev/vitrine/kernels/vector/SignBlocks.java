package dev.vitrine.kernels.vector;

/**
 * Rows in blocks of sign codes of the same length, with their addresses side by side: a scan that
 * skips from block to block would wait for each block's object before it can wait for its codes.
 *
 * <p>Unchanging, and keeps its blocks alive.
 */
public final class SignBlocks {

    private final int words;
    private final SignBlock[] blocks;
    private final long[] rows;
    private final long[] addresses;

    /**
     * Takes over blocks.
     *
     * @param words words of each of them
     * @param rows bit {@code i} for row {@code i} of each block, the others are not looked at
     */
    public SignBlocks(int words, SignBlock[] blocks, long[] rows) {
        this.words = words;
        this.blocks = blocks;
        this.rows = rows;
        this.addresses = new long[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i].words() != words) {
                throw new IllegalArgumentException(
                        "a block of " + blocks[i].words() + " words among those of " + words);
            }
            addresses[i] = blocks[i].address();
        }
    }

    /** Number of blocks. */
    public int count() {
        return blocks.length;
    }

    /** Words of 64 bits of a row. */
    public int words() {
        return words;
    }

    /** One of the blocks. */
    public SignBlock block(int index) {
        return blocks[index];
    }

    /** Which rows of a block are meant. */
    public long rows(int index) {
        return rows[index];
    }

    long address(int index) {
        return addresses[index];
    }
}
