package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.paged.StoredPages;

/** Growing storage of int8 codes. Not safe for several threads. */
final class ByteCodeRows {

    private final PagedRows<BytePage> pages;
    private final byte[] code;

    ByteCodeRows(int dimensions, int ordinalsMax, StoredPages<BytePage> stored) {
        this.pages =
                new PagedRows<>(
                        ordinalsMax, () -> BytePage.allocate(dimensions), BytePage::copy, stored);
        this.code = new byte[dimensions];
    }

    void put(int ordinal, float[] vector) {
        ByteCode of = ByteCode.encode(vector, code);
        pages.writable(ordinal).set(ordinal & PagedRows.SLOT_MASK, code, of);
    }

    void prepare(int ordinal) {
        pages.prepare(ordinal);
    }

    void remove(int ordinal) {
        pages.remove(ordinal);
    }

    void settle() {
        pages.settle();
    }

    PagedView<BytePage> publish() {
        return pages.publish();
    }
}
