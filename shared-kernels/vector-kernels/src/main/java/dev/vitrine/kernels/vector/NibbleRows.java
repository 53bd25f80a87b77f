package dev.vitrine.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A fixed number of rows of 4-bit codes, 0 to 15, outside the Java heap, row after row: component
 * {@code i} is the lower half of byte {@code i / 2} where {@code i} is even, else the upper half.
 *
 * <p>Every row starts on a 64-byte boundary and is padded with zeros to a multiple of 64 bytes, 128
 * components. New rows are all zero. Memory and safe hand-over are as in {@link NativeRows}.
 */
public final class NibbleRows {

    /** The largest code. */
    public static final int CODE_MAX = 15;

    private final int dimensions;
    private final int count;
    private final long strideBytes;
    private final MemorySegment memory;
    private final long address;

    private NibbleRows(int dimensions, int count) {
        this.dimensions = dimensions;
        this.count = count;
        this.strideBytes = paddedLength(dimensions) / 2;
        this.memory = Arena.ofAuto().allocate(strideBytes * count, NativeRows.ALIGNMENT_BYTES);
        this.address = memory.address();
    }

    /** Allocates {@code count} rows of zeros. */
    public static NibbleRows allocate(int dimensions, int count) {
        NativeRows.checkSize(dimensions, count);
        return new NibbleRows(dimensions, count);
    }

    /** Components of a row with its padding: the length of a query, see {@link NibbleMath}. */
    public static int paddedLength(int dimensions) {
        return NativeRows.padded(dimensions, 2 * NativeRows.ALIGNMENT_BYTES);
    }

    /** Number of components of a row, without padding. */
    public int dimensions() {
        return dimensions;
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    /**
     * Stores exactly {@link #dimensions()} codes.
     *
     * @param codes each 0 to {@value #CODE_MAX}
     */
    public void set(int row, byte[] codes) {
        NativeRows.checkRow(row, count);
        if (codes.length != dimensions) {
            throw new IllegalArgumentException(codes.length + " codes for rows of " + dimensions);
        }
        for (int i = 0; i < dimensions; i++) {
            if (codes[i] < 0 || codes[i] > CODE_MAX) {
                throw new IllegalArgumentException("component " + i + " is " + codes[i]);
            }
        }
        for (int i = 0; i < dimensions; i += 2) {
            int upper = i + 1 < dimensions ? codes[i + 1] : 0;
            memory.set(ValueLayout.JAVA_BYTE, offset(row, i), (byte) (codes[i] | (upper << 4)));
        }
    }

    /** One code, unchecked beyond the bounds of the whole block. */
    int component(int row, int index) {
        int both = memory.get(ValueLayout.JAVA_BYTE, offset(row, index));
        return (index % 2 == 0 ? both : both >> 4) & CODE_MAX;
    }

    long address() {
        return address;
    }

    long strideBytes() {
        return strideBytes;
    }

    private long offset(int row, int index) {
        return row * strideBytes + index / 2;
    }
}
