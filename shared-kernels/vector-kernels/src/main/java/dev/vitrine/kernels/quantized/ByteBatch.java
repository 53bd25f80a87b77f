package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.ByteRows;

/** Rows that lie apart, estimated by their int8 codes some at a time. */
final class ByteBatch {

    private static final int CAPACITY = 64;

    private final ByteQuery query;
    private final PagedView<BytePage> bytes;

    private final BytePage[] pages = new BytePage[CAPACITY];
    private final ByteRows[] rows = new ByteRows[CAPACITY];
    private final int[] slots = new int[CAPACITY];
    private final int[] ordinals = new int[CAPACITY];
    private final int[] sums = new int[CAPACITY];
    private final float[] estimates = new float[CAPACITY];
    private int size;

    ByteBatch(ByteQuery query, PagedView<BytePage> bytes) {
        this.query = query;
        this.bytes = bytes;
    }

    /**
     * Adds a row of the view; unknown ones are passed over.
     *
     * @return whether the batch is full
     */
    boolean add(int ordinal) {
        BytePage page = bytes.pageWith(ordinal);
        if (page != null) {
            pages[size] = page;
            rows[size] = page.codes;
            slots[size] = ordinal & PagedRows.SLOT_MASK;
            ordinals[size++] = ordinal;
        }
        return size == CAPACITY;
    }

    /** Computes the estimates of all rows in it. */
    void estimate() {
        query.estimates(pages, rows, slots, size, sums, estimates);
    }

    int size() {
        return size;
    }

    int ordinal(int index) {
        return ordinals[index];
    }

    float estimate(int index) {
        return estimates[index];
    }

    float error(int index) {
        return query.error(pages[index]);
    }

    void clear() {
        size = 0;
    }
}
