package dev.vitrine.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A fixed number of int8 rows of one length, outside the Java heap, row after row.
 *
 * <p>Every row starts on a 64-byte boundary and is padded with zeros to a multiple of 64 bytes, so
 * that kernels read whole registers without a rest. Components are -127 to 127. New rows are all
 * zero. Memory and safe hand-over are as in {@link NativeRows}.
 */
public final class ByteRows {

    private final int dimensions;
    private final int count;
    private final int strideBytes;
    private final MemorySegment memory;
    private final long address;

    private ByteRows(int dimensions, int count) {
        this(
                dimensions,
                count,
                Arena.ofAuto().allocate(byteSize(dimensions, count), NativeRows.ALIGNMENT_BYTES));
    }

    private ByteRows(int dimensions, int count, MemorySegment memory) {
        this.dimensions = dimensions;
        this.count = count;
        this.strideBytes = paddedLength(dimensions);
        this.memory = memory;
        this.address = memory.address();
    }

    /** Allocates {@code count} rows of zeros. */
    public static ByteRows allocate(int dimensions, int count) {
        NativeRows.checkSize(dimensions, count);
        return new ByteRows(dimensions, count);
    }

    /** Rows that lie in memory already, see {@link NativeRows#over}. */
    public static ByteRows over(int dimensions, int count, MemorySegment memory) {
        NativeRows.checkSize(dimensions, count);
        return new ByteRows(
                dimensions, count, NativeRows.checkMemory(memory, byteSize(dimensions, count)));
    }

    /** Bytes that so many rows take. */
    public static long byteSize(int dimensions, int count) {
        return (long) paddedLength(dimensions) * count;
    }

    /** Length of a row with its padding: the length of a query, see {@link CodeMath}. */
    public static int paddedLength(int dimensions) {
        return NativeRows.padded(dimensions, NativeRows.ALIGNMENT_BYTES);
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
     * Copies the first {@link #dimensions()} bytes of an array into a row.
     *
     * @param codes each -127 to 127; a -128 would overflow the sum of two products and is refused
     */
    public void set(int row, byte[] codes) {
        NativeRows.checkRow(row, count);
        for (int i = 0; i < dimensions; i++) {
            if (codes[i] == Byte.MIN_VALUE) {
                throw new IllegalArgumentException("component " + i + " is -128");
            }
        }
        MemorySegment.copy(
                codes, 0, memory, ValueLayout.JAVA_BYTE, (long) row * strideBytes, dimensions);
    }

    /** The bytes of all rows, read-only and with their padding; keeps the memory alive. */
    public MemorySegment bytes() {
        return memory.asReadOnly();
    }

    /** A copy with memory of its own. */
    public ByteRows copy() {
        ByteRows copy = new ByteRows(dimensions, count);
        copy.memory.copyFrom(memory);
        return copy;
    }

    byte component(int row, int index) {
        return memory.get(ValueLayout.JAVA_BYTE, (long) row * strideBytes + index);
    }

    long address() {
        return address;
    }

    int strideBytes() {
        return strideBytes;
    }
}
