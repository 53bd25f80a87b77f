package dev.vitrine.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * int8 codes of {@value #ROWS} rows, outside the Java heap, transposed: the same two dimensions of
 * all rows lie side by side, so that a lane of a register belongs to one row and no sum over lanes
 * is needed.
 *
 * <p>Component {@code d} of row {@code r} lies at byte {@code (d / 2) * 128 + (r % 32) * 4 + (r /
 * 32) * 2 + d % 2}: sums of 16 bits, widened as even and odd lanes, come out in the order of the
 * rows. Components of even dimensions are stored with their highest bit turned, which makes them
 * unsigned: one operation less to take a pair apart. The block starts on a 64-byte boundary. New
 * rows hold nothing of use. Memory and safe hand-over are as in {@link NativeRows}.
 */
public final class ByteBlock {

    /** Rows of a block, as many as a word of a filter has bits. */
    public static final int ROWS = 64;

    /** Dimensions whose products are summed in 16 bits; a row's length is a multiple of it. */
    public static final int GROUP = 16;

    /**
     * Most that the absolute components of a query may sum up to in each group, so that no sum of
     * products with -127 to 127 leaves 16 bits.
     */
    public static final int GROUP_SUM_MAX = Short.MAX_VALUE / 127;

    static final int PAIR_BYTES = 2 * ROWS;

    private static final int HALF = ROWS / 2;

    private final int dimensions;
    private final MemorySegment memory;
    private final long address;

    private ByteBlock(int dimensions, MemorySegment memory) {
        this.dimensions = dimensions;
        this.memory = memory;
        this.address = memory.address();
    }

    /**
     * Allocates a block.
     *
     * @param dimensions a multiple of {@value #GROUP}
     */
    public static ByteBlock allocate(int dimensions) {
        checkDimensions(dimensions);
        return new ByteBlock(
                dimensions,
                Arena.ofAuto().allocate(byteSize(dimensions), NativeRows.ALIGNMENT_BYTES));
    }

    /** A block that lies in memory already, see {@link NativeRows#over}. */
    public static ByteBlock over(int dimensions, MemorySegment memory) {
        checkDimensions(dimensions);
        return new ByteBlock(dimensions, NativeRows.checkMemory(memory, byteSize(dimensions)));
    }

    /** Bytes that a block takes. */
    public static int byteSize(int dimensions) {
        return dimensions * ROWS;
    }

    private static void checkDimensions(int dimensions) {
        NativeRows.checkDimensions(dimensions);
        if (dimensions % GROUP != 0) {
            throw new IllegalArgumentException(dimensions + " is no multiple of " + GROUP);
        }
    }

    /** Number of components of a row. */
    public int dimensions() {
        return dimensions;
    }

    /**
     * Copies {@link #dimensions()} components into a row.
     *
     * @param codes each -127 to 127
     */
    public void set(int row, byte[] codes) {
        if (row < 0 || row >= ROWS || codes.length != dimensions) {
            throw new IllegalArgumentException(
                    codes.length + " components for row " + row + " of a block of " + dimensions);
        }
        for (int d = 0; d < dimensions; d++) {
            int code = d % 2 == 0 ? codes[d] ^ Byte.MIN_VALUE : codes[d];
            memory.set(ValueLayout.JAVA_BYTE, offset(row, d), (byte) code);
        }
    }

    /** The bytes of the block, read-only; keeps the memory alive. */
    public MemorySegment bytes() {
        return memory.asReadOnly();
    }

    /** A copy with memory of its own. */
    public ByteBlock copy() {
        ByteBlock copy = allocate(dimensions);
        copy.memory.copyFrom(memory);
        return copy;
    }

    int component(int row, int dimension) {
        byte stored = memory.get(ValueLayout.JAVA_BYTE, offset(row, dimension));
        return dimension % 2 == 0 ? (byte) (stored ^ Byte.MIN_VALUE) : stored;
    }

    long address() {
        return address;
    }

    private static long offset(int row, int dimension) {
        return (long) (dimension / 2) * PAIR_BYTES
                + (row % HALF) * 4L
                + (row / HALF) * 2L
                + dimension % 2;
    }
}
