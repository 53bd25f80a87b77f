package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.paged.StoredPages;
import dev.vitrine.kernels.vector.SignBlock;
import java.util.BitSet;

/**
 * Growing storage of the sign codes that one encoder makes.
 *
 * <p>It can be filled from a view while changes go on: what was put or removed since it was made
 * wins over what the view holds. Safe for all threads.
 */
final class SignRows {

    private final SignEncoder encoder;
    private final PagedRows<SignBlock> pages;
    private final SignBlock empty;
    private final BitSet touched = new BitSet();
    private final float[] rotated;
    private final long[] code;

    SignRows(SignEncoder encoder, int ordinalsMax, StoredPages<SignBlock> stored) {
        this.encoder = encoder;
        this.pages =
                new PagedRows<>(
                        ordinalsMax,
                        () -> SignBlock.allocate(encoder.words()),
                        SignBlock::copy,
                        stored);
        this.empty = SignBlock.allocate(encoder.words());
        this.rotated = new float[encoder.words() * Long.SIZE];
        this.code = new long[encoder.words()];
    }

    /** Stands for the codes of a page without rows. */
    SignBlock empty() {
        return empty;
    }

    SignEncoder encoder() {
        return encoder;
    }

    synchronized void put(int ordinal, float[] vector) {
        encoder.encode(vector, rotated, code);
        write(ordinal, code);
        touched.set(ordinal);
    }

    synchronized void prepare(int ordinal) {
        pages.prepare(ordinal);
    }

    synchronized void remove(int ordinal) {
        pages.remove(ordinal);
        touched.set(ordinal);
    }

    /** Encodes all rows of a view but those that changed since. */
    void fill(FloatRowsView rows) {
        float[] vector = new float[rows.dimensions()];
        float[] scratch = new float[encoder.words() * Long.SIZE];
        long[][] codes = new long[SignBlock.ROWS][encoder.words()];
        for (int p = 0; p < rows.pages().pageCount(); p++) {
            int first = p << PagedRows.PAGE_SHIFT;
            long present = rows.pages().presenceWord(p);
            for (long rest = present; rest != 0; rest &= rest - 1) {
                int slot = Long.numberOfTrailingZeros(rest);
                rows.copyRow(first + slot, vector);
                encoder.encode(vector, scratch, codes[slot]);
            }
            writeUntouched(first, present, codes);
        }
    }

    synchronized void settle() {
        pages.settle();
    }

    synchronized PagedView<SignBlock> publish() {
        return pages.publish();
    }

    private synchronized void writeUntouched(int first, long present, long[][] codes) {
        for (long rest = present; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            if (!touched.get(first + slot)) {
                write(first + slot, codes[slot]);
            }
        }
    }

    private void write(int ordinal, long[] signs) {
        pages.writable(ordinal).set(ordinal & PagedRows.SLOT_MASK, signs);
    }
}
