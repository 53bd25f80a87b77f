package dev.vitrine.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A fixed number of bfloat16 rows of one length, outside the Java heap, row after row: the upper
 * half of a float32, so all of its range with 8 bits of precision (a component errs by at most
 * 2<sup>-9</sup> of itself).
 *
 * <p>Every row starts on a 64-byte boundary and is padded with zeros to a multiple of 64 bytes. New
 * rows are all zero. Memory and safe hand-over are as in {@link NativeRows}.
 */
public final class BfloatRows {

    private final int dimensions;
    private final int count;
    private final long strideBytes;
    private final MemorySegment memory;
    private final long address;

    private BfloatRows(int dimensions, int count) {
        this.dimensions = dimensions;
        this.count = count;
        this.strideBytes = (long) paddedLength(dimensions) * Short.BYTES;
        this.memory = Arena.ofAuto().allocate(strideBytes * count, NativeRows.ALIGNMENT_BYTES);
        this.address = memory.address();
    }

    /** Allocates {@code count} rows of zeros. */
    public static BfloatRows allocate(int dimensions, int count) {
        NativeRows.checkSize(dimensions, count);
        return new BfloatRows(dimensions, count);
    }

    /** Components of a row with its padding: the length of a query, see {@link BfloatMath}. */
    public static int paddedLength(int dimensions) {
        return NativeRows.padded(dimensions, NativeRows.ALIGNMENT_BYTES / Short.BYTES);
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
     * Stores a vector of exactly {@link #dimensions()} components, each rounded by {@link #round}.
     */
    public void set(int row, float[] vector) {
        NativeRows.checkRow(row, count);
        if (vector.length != dimensions) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " for rows of " + dimensions);
        }
        for (int i = 0; i < dimensions; i++) {
            memory.set(ValueLayout.JAVA_SHORT, offset(row, i), round(vector[i]));
        }
    }

    /** One component, widened to the float32 that it stands for. */
    public float component(int row, int index) {
        NativeRows.checkRow(row, count);
        if (index < 0 || index >= dimensions) {
            throw new IllegalArgumentException(
                    "component " + index + " is outside 0 to " + (dimensions - 1));
        }
        return widen(memory.get(ValueLayout.JAVA_SHORT, offset(row, index)));
    }

    /**
     * The bfloat16 nearest to a float32, halves to even. What rounds beyond the largest finite
     * number becomes infinite; NaN stays NaN.
     */
    public static short round(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            // Rounding could carry a NaN whose lower half alone is set into infinity.
            return (short) (bits >>> Short.SIZE | 0x40);
        }
        int halfToEven = 0x7FFF + (bits >>> Short.SIZE & 1);
        return (short) ((bits + halfToEven) >>> Short.SIZE);
    }

    /** The float32 that a bfloat16 stands for. */
    public static float widen(short bfloat) {
        return Float.intBitsToFloat(bfloat << Short.SIZE);
    }

    long address() {
        return address;
    }

    long strideBytes() {
        return strideBytes;
    }

    private long offset(int row, int index) {
        return row * strideBytes + (long) index * Short.BYTES;
    }
}
