package dev.vitrine.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One bit a dimension of {@value #ROWS} rows, outside the Java heap, transposed: eight rows side by
 * side, so that one register of 512 bits holds the same 64 dimensions of eight rows.
 *
 * <p>Word {@code w} (dimensions {@code 64 w} to {@code 64 w + 63}) of row {@code r} lies at byte
 * {@code ((r / 8) * words + w) * 64 + (r % 8) * 8}. The block starts on a 64-byte boundary. New
 * rows are all zero. Memory and safe hand-over are as in {@link NativeRows}.
 */
public final class SignBlock {

    /** Rows of a block, as many as a word of a filter has bits. */
    public static final int ROWS = 64;

    /** Rows side by side. */
    public static final int GROUP = 8;

    private final int words;
    private final MemorySegment memory;
    private final long address;

    private SignBlock(int words, MemorySegment memory) {
        this.words = words;
        this.memory = memory;
        this.address = memory.address();
    }

    /**
     * Allocates a block of zeros.
     *
     * @param words words of 64 bits of a row, 1 to 256
     */
    public static SignBlock allocate(int words) {
        checkWords(words);
        return new SignBlock(
                words, Arena.ofAuto().allocate(byteSize(words), NativeRows.ALIGNMENT_BYTES));
    }

    /** A block that lies in memory already, see {@link NativeRows#over}. */
    public static SignBlock over(int words, MemorySegment memory) {
        checkWords(words);
        return new SignBlock(words, NativeRows.checkMemory(memory, byteSize(words)));
    }

    /** Bytes that a block takes. */
    public static int byteSize(int words) {
        return words * ROWS * Long.BYTES;
    }

    private static void checkWords(int words) {
        if (words < 1 || words > NativeRows.DIMENSIONS_MAX / Long.SIZE) {
            throw new IllegalArgumentException("words must be 1 to 256, but are " + words);
        }
    }

    /** Words of 64 bits of a row. */
    public int words() {
        return words;
    }

    /** Copies {@link #words()} words into a row. */
    public void set(int row, long[] code) {
        if (row < 0 || row >= ROWS || code.length != words) {
            throw new IllegalArgumentException(
                    code.length + " words for row " + row + " of a block of " + words);
        }
        for (int w = 0; w < words; w++) {
            memory.set(ValueLayout.JAVA_LONG, offset(row, w), code[w]);
        }
    }

    /** The bytes of the block, read-only; keeps the memory alive. */
    public MemorySegment bytes() {
        return memory.asReadOnly();
    }

    /** Copies a row into an array of {@link #words()} words. */
    public void get(int row, long[] code) {
        if (row < 0 || row >= ROWS || code.length != words) {
            throw new IllegalArgumentException(
                    code.length + " words for row " + row + " of a block of " + words);
        }
        for (int w = 0; w < words; w++) {
            code[w] = word(row, w);
        }
    }

    /** A copy with memory of its own. */
    public SignBlock copy() {
        SignBlock copy = allocate(words);
        copy.memory.copyFrom(memory);
        return copy;
    }

    /** One word of a row, without a check of its bounds in the block. */
    long word(int row, int word) {
        return memory.get(ValueLayout.JAVA_LONG, offset(row, word));
    }

    long address() {
        return address;
    }

    private long offset(int row, int word) {
        return ((long) (row / GROUP) * words + word) * (GROUP * Long.BYTES)
                + (row % GROUP) * (long) Long.BYTES;
    }
}
