package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.paged.StoredPages;
import java.util.BitSet;

/**
 * Growing storage of the heads that one encoder makes.
 *
 * <p>It can be filled from a view while changes go on: what was put or removed since it was made
 * wins over what the view holds. Safe for all threads.
 */
final class HeadRows {

    private final HeadEncoder encoder;
    private final PagedRows<HeadPage> pages;
    private final BitSet touched = new BitSet();
    private final float[] centered;
    private final float[] projected;
    private final byte[] code;

    HeadRows(HeadEncoder encoder, int dimensions, int ordinalsMax, StoredPages<HeadPage> stored) {
        this.encoder = encoder;
        this.pages =
                new PagedRows<>(
                        ordinalsMax,
                        () -> HeadPage.allocate(encoder.codeLength()),
                        HeadPage::copy,
                        stored);
        this.centered = new float[dimensions];
        this.projected = new float[encoder.directions()];
        this.code = new byte[encoder.codeLength()];
    }

    HeadEncoder encoder() {
        return encoder;
    }

    synchronized void put(int ordinal, float[] vector) {
        write(ordinal, vector);
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
        for (int ordinal = 0; ordinal < rows.ordinalLimit(); ordinal++) {
            if (rows.copyRow(ordinal, vector)) {
                writeUntouched(ordinal, vector);
            }
        }
    }

    synchronized void settle() {
        pages.settle();
    }

    synchronized PagedView<HeadPage> publish() {
        return pages.publish();
    }

    private synchronized void writeUntouched(int ordinal, float[] vector) {
        if (!touched.get(ordinal)) {
            write(ordinal, vector);
        }
    }

    private void write(int ordinal, float[] vector) {
        HeadCode of = encoder.encode(vector, centered, projected, code);
        pages.writable(ordinal).set(ordinal & PagedRows.SLOT_MASK, code, of);
    }
}
