package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.engine.MatchConsumer;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.Objects;

/**
 * Scores every row of a view that passes the filter; the oracle for engines that score fewer.
 *
 * <p>Safe for all threads. A search allocates its result and a few hundred bytes, nothing a row.
 */
public final class ExactSearch implements VectorSearch {

    private final FloatRowsView rows;

    /** Searches one view. */
    public ExactSearch(FloatRowsView rows) {
        this.rows = Objects.requireNonNull(rows, "rows");
    }

    @Override
    public int dimensions() {
        return rows.dimensions();
    }

    @Override
    public int rowCount() {
        return rows.rowCount();
    }

    @Override
    public int ordinalLimit() {
        return rows.ordinalLimit();
    }

    @Override
    public boolean contains(int ordinal) {
        return rows.contains(ordinal);
    }

    @Override
    public boolean copyRow(int ordinal, float[] target) {
        return rows.copyRow(ordinal, target);
    }

    @Override
    public RowMatches topK(float[] query, int k, RowFilter filter) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, but is " + k);
        }
        BestRows best = new BestRows(Math.min(k, Math.max(1, rows.rowCount())));
        forEachInRange(query, Float.NEGATIVE_INFINITY, filter, best);
        return best.toMatches();
    }

    @Override
    public RowMatches range(float[] query, float minScore, RowFilter filter) {
        AllRows all = new AllRows();
        forEachInRange(query, minScore, filter, all);
        return all.toMatches();
    }

    @Override
    public void forEachInRange(
            float[] query, float minScore, RowFilter filter, MatchConsumer consumer) {
        checkQuery(query);
        if (Float.isNaN(minScore)) {
            throw new IllegalArgumentException("minScore is NaN");
        }
        int[] slots = new int[FloatRows.PAGE_ROWS];
        float[] scores = new float[FloatRows.PAGE_ROWS];
        int pageCount = rows.pageCount();
        for (int p = 0; p < pageCount; p++) {
            long wanted = rows.presenceWord(p);
            if (wanted != 0) {
                wanted &= filter.word(p);
            }
            NativeRows page = rows.page(p);
            if (wanted == 0 || page == null) {
                continue;
            }
            int count = Long.bitCount(wanted);
            if (wanted == -1L) {
                VectorMath.dotBlock(query, page, 0, count, scores, 0);
            } else {
                slotsOf(wanted, slots);
                VectorMath.dotRows(query, page, slots, count, scores);
            }
            int firstOrdinal = p << FloatRows.PAGE_SHIFT;
            for (int i = 0; i < count; i++) {
                // False for NaN, which thereby matches nothing.
                if (scores[i] >= minScore) {
                    int slot = wanted == -1L ? i : slots[i];
                    if (!consumer.accept(firstOrdinal + slot, scores[i])) {
                        return;
                    }
                }
            }
        }
    }

    @Override
    public float[] scores(float[] query, int[] ordinals) {
        checkQuery(query);
        float[] result = new float[ordinals.length];
        int[] slots = new int[FloatRows.PAGE_ROWS];
        float[] scores = new float[FloatRows.PAGE_ROWS];
        int i = 0;
        while (i < ordinals.length) {
            NativeRows page =
                    rows.contains(ordinals[i])
                            ? rows.page(ordinals[i] >> FloatRows.PAGE_SHIFT)
                            : null;
            if (page == null) {
                result[i++] = Float.NaN;
                continue;
            }
            // Neighbours in the list that share a page are scored together.
            int index = ordinals[i] >> FloatRows.PAGE_SHIFT;
            int count = 0;
            do {
                slots[count] = ordinals[i + count] & FloatRows.SLOT_MASK;
                count++;
            } while (count < slots.length
                    && i + count < ordinals.length
                    && ordinals[i + count] >> FloatRows.PAGE_SHIFT == index
                    && rows.contains(ordinals[i + count]));
            VectorMath.dotRows(query, page, slots, count, scores);
            System.arraycopy(scores, 0, result, i, count);
            i += count;
        }
        return result;
    }

    private void checkQuery(float[] query) {
        if (query.length != rows.dimensions()) {
            throw new IllegalArgumentException(
                    "a query of " + query.length + " for rows of " + rows.dimensions());
        }
        if (!VectorMath.isFinite(query)) {
            throw new IllegalArgumentException("the query has a NaN or infinite component");
        }
    }

    private static void slotsOf(long word, int[] slots) {
        int count = 0;
        for (long rest = word; rest != 0; rest &= rest - 1) {
            slots[count++] = Long.numberOfTrailingZeros(rest);
        }
    }
}
