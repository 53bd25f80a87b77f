package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.RowTaker;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;

/**
 * Rows that are scored exactly, some at a time, because rows that lie apart are waited for
 * together.
 */
final class ExactBatch {

    private static final int CAPACITY = 64;

    private final float[] query;
    private final PagedView<NativeRows> floats;
    private final RowTaker taker;

    private final NativeRows[] pages = new NativeRows[CAPACITY];
    private final int[] slots = new int[CAPACITY];
    private final int[] ordinals = new int[CAPACITY];
    private final float[] scores = new float[CAPACITY];
    private int size;
    private boolean done;

    ExactBatch(float[] query, PagedView<NativeRows> floats, RowTaker taker) {
        this.query = query;
        this.floats = floats;
        this.taker = taker;
    }

    /** Whether the taker has enough. */
    boolean done() {
        return done;
    }

    /** Adds a row of the view; unknown ones are passed over. */
    void add(int ordinal) {
        NativeRows page = floats.pageWith(ordinal);
        if (page == null) {
            return;
        }
        pages[size] = page;
        slots[size] = ordinal & PagedRows.SLOT_MASK;
        ordinals[size++] = ordinal;
        if (size == CAPACITY) {
            flush();
        }
    }

    /** Scores what is waiting. */
    void flush() {
        VectorMath.dotEach(query, pages, slots, size, scores);
        float threshold = taker.threshold();
        for (int i = 0; i < size && !done; i++) {
            // False for NaN, which matches nothing.
            if (scores[i] >= threshold) {
                done = !taker.accept(ordinals[i], scores[i]);
            }
        }
        size = 0;
    }
}
