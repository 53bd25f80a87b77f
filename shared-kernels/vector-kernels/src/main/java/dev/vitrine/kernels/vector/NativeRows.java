package dev.vitrine.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A fixed number of float32 rows of one length, outside the Java heap, row after row.
 *
 * <p>Every row starts on a 64-byte boundary (rows whose length is no multiple of 16 are padded with
 * zeros), so that no vector load touches two cache lines. Components are in native byte order. New
 * rows are all zero.
 *
 * <p>The memory belongs to an automatic arena: nobody can free it, it goes when the garbage
 * collector finds that nothing refers to this object or to a segment from {@link #row}. That is
 * what makes it right for the kernels to use raw addresses. What was allocated counts against
 * {@code -XX:MaxDirectMemorySize}.
 *
 * <p>Writes are plain writes: whoever writes a row must hand this object over safely (a volatile
 * field, a lock) before another thread reads that row, and must not write rows that others may
 * read.
 */
public final class NativeRows {

    /** Longest row that can be stored. */
    public static final int DIMENSIONS_MAX = 16_384;

    static final int ALIGNMENT_BYTES = 64;

    private final int dimensions;
    private final int count;
    private final long strideBytes;
    private final MemorySegment memory;
    private final long address;

    private NativeRows(int dimensions, int count) {
        this(
                dimensions,
                count,
                Arena.ofAuto().allocate(byteSize(dimensions, count), ALIGNMENT_BYTES));
    }

    private NativeRows(int dimensions, int count, MemorySegment memory) {
        this.dimensions = dimensions;
        this.count = count;
        this.strideBytes = byteSize(dimensions, 1);
        this.memory = memory;
        this.address = memory.address();
    }

    /** Allocates {@code count} rows of zeros. */
    public static NativeRows allocate(int dimensions, int count) {
        checkSize(dimensions, count);
        return new NativeRows(dimensions, count);
    }

    /**
     * Rows that lie in memory already, as {@link #bytes} gives them.
     *
     * @param memory native, from a multiple of 64 bytes on; rows are writable if it is
     */
    public static NativeRows over(int dimensions, int count, MemorySegment memory) {
        checkSize(dimensions, count);
        return new NativeRows(dimensions, count, checkMemory(memory, byteSize(dimensions, count)));
    }

    /** Bytes that so many rows take. */
    public static long byteSize(int dimensions, int count) {
        return (long) padded(dimensions * Float.BYTES, ALIGNMENT_BYTES) * count;
    }

    /**
     * Refuses a row length that cannot be stored.
     *
     * @return the same number
     */
    public static int checkDimensions(int dimensions) {
        if (dimensions < 1 || dimensions > DIMENSIONS_MAX) {
            throw new IllegalArgumentException(
                    "dimensions must be 1 to " + DIMENSIONS_MAX + ", but are " + dimensions);
        }
        return dimensions;
    }

    static void checkSize(int dimensions, int count) {
        checkDimensions(dimensions);
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, but is " + count);
        }
    }

    static void checkRow(int row, int count) {
        if (row < 0 || row >= count) {
            throw new IllegalArgumentException("row " + row + " is outside 0 to " + (count - 1));
        }
    }

    /** Refuses memory that kernels cannot read rows from. */
    static MemorySegment checkMemory(MemorySegment memory, long bytes) {
        if (!memory.isNative()
                || memory.byteSize() != bytes
                || memory.address() % ALIGNMENT_BYTES != 0) {
            throw new IllegalArgumentException(
                    memory + " is no native memory of " + bytes + " bytes on a boundary of 64");
        }
        return memory;
    }

    /** The multiple of a unit that so much fits into. */
    static int padded(int length, int unit) {
        return Math.ceilDiv(length, unit) * unit;
    }

    /** Number of components of a row. */
    public int dimensions() {
        return dimensions;
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    /** Copies a vector of exactly {@link #dimensions()} components into a row. */
    public void set(int row, float[] vector) {
        checkRow(row, count);
        checkLength(vector);
        MemorySegment.copy(
                vector, 0, memory, ValueLayout.JAVA_FLOAT, row * strideBytes, dimensions);
    }

    /** Copies a row into an array of exactly {@link #dimensions()} components. */
    public void get(int row, float[] target) {
        checkRow(row, count);
        checkLength(target);
        MemorySegment.copy(
                memory, ValueLayout.JAVA_FLOAT, row * strideBytes, target, 0, dimensions);
    }

    /** The bytes of one row, read-only and without padding; keeps the memory alive. */
    public MemorySegment row(int row) {
        checkRow(row, count);
        return memory.asSlice(row * strideBytes, (long) dimensions * Float.BYTES).asReadOnly();
    }

    /** The bytes of all rows, read-only and with their padding; keeps the memory alive. */
    public MemorySegment bytes() {
        return memory.asReadOnly();
    }

    /** A copy with memory of its own. */
    public NativeRows copy() {
        NativeRows copy = new NativeRows(dimensions, count);
        copy.memory.copyFrom(memory);
        return copy;
    }

    /** One component, unchecked beyond the bounds of the whole block. */
    float component(int row, int index) {
        return memory.get(ValueLayout.JAVA_FLOAT, row * strideBytes + (long) index * Float.BYTES);
    }

    /** Start of the first row; valid while this object is reachable, see the fences in callers. */
    long address() {
        return address;
    }

    long strideBytes() {
        return strideBytes;
    }

    private void checkLength(float[] vector) {
        if (vector.length != dimensions) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " for rows of " + dimensions);
        }
    }
}
