package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.SignBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * The rows of one cluster, at most 64.
 *
 * @param codes signs of what the centroid's code leaves of each row
 * @param rows what else is read of a row that is near: the bits of its factor in the upper half,
 *     its ordinal in the lower half
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClusterPage(SignBlock codes, long[] rows) {

    static ClusterPage allocate(int words) {
        return new ClusterPage(SignBlock.allocate(words), new long[SignBlock.ROWS]);
    }

    /** Bytes of a page in a file. */
    static int blockBytes(int words) {
        return SignBlock.byteSize(words) + SignBlock.ROWS * Long.BYTES;
    }

    /** Codes first, then what else is read of the rows. */
    void write(ByteBuffer block) {
        block.put(codes.bytes().asByteBuffer());
        for (long row : rows) {
            block.putLong(row);
        }
    }

    /** A page whose codes stay where they are. */
    static ClusterPage over(int words, MemorySegment block) {
        int codeBytes = SignBlock.byteSize(words);
        return new ClusterPage(
                SignBlock.over(words, block.asSlice(0, codeBytes)),
                block.asSlice(codeBytes).toArray(ValueLayout.JAVA_LONG));
    }

    ClusterPage copy() {
        return new ClusterPage(codes.copy(), rows.clone());
    }

    void set(int slot, long[] code, float factor, int ordinal) {
        codes.set(slot, code);
        rows[slot] = (long) Float.floatToRawIntBits(factor) << Integer.SIZE | ordinal;
    }

    static int ordinal(long row) {
        return (int) row;
    }

    /** See {@link SignEncoder#factor}. */
    static float factor(long row) {
        return Float.intBitsToFloat((int) (row >> Integer.SIZE));
    }
}
