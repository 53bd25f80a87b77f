package dev.vitrine.pgvector;

import dev.vitrine.kernels.engine.RowFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The rows of a view that a filter lets through.
 *
 * @param bits bit {@code i % 8} of byte {@code i / 8} stands for ordinal {@code i}, as PostgreSQL's
 *     {@code get_bit} counts them
 * @param count number of rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PassingRows(byte[] bits, int count) {

    static PassingRows of(long[] present, RowFilter filter) {
        ByteBuffer bits =
                ByteBuffer.allocate(present.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        for (int w = 0; w < present.length; w++) {
            long word = present[w] == 0 ? 0 : present[w] & filter.word(w);
            bits.putLong(word);
            count += Long.bitCount(word);
        }
        return new PassingRows(bits.array(), count);
    }
}
