package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.engine.MatchConsumer;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores every row of a view that passes the filter; the oracle for engines that score fewer.
 *
 * <p>Safe for all threads. A search allocates its result and a few hundred bytes, nothing a row.
 */
public final class ExactSearch implements VectorSearch {

    private final FloatRowsView rows;
    private final PagedView<NativeRows> pages;

    /** Searches one view. */
    public ExactSearch(FloatRowsView rows) {
        this.rows = rows;
        this.pages = rows.pages();
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
    public List<RowMatches> topKOfEach(float[][] queries, int k, RowFilter filter) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, but is " + k);
        }
        for (float[] query : queries) {
            checkQuery(query);
        }
        int kept = Math.min(k, Math.max(1, rows.rowCount()));
        List<RowMatches> results = new ArrayList<>(queries.length);
        for (int from = 0; from < queries.length; from += ManyQueries.QUERIES) {
            int to = Math.min(queries.length, from + ManyQueries.QUERIES);
            new ManyQueries(Arrays.copyOfRange(queries, from, to), kept)
                    .search(pages, filter, results);
        }
        return results;
    }

    @Override
    public void forEachInRange(
            float[] query, float minScore, RowFilter filter, MatchConsumer consumer) {
        checkQuery(query);
        if (Float.isNaN(minScore)) {
            throw new IllegalArgumentException("minScore is NaN");
        }
        int[] slots = new int[PagedRows.PAGE_ROWS];
        float[] scores = new float[PagedRows.PAGE_ROWS];
        int pageCount = pages.pageCount();
        for (int p = 0; p < pageCount; p++) {
            long wanted = pages.presenceWord(p);
            if (wanted != 0) {
                wanted &= filter.word(p);
            }
            NativeRows page = pages.page(p);
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
            int firstOrdinal = p << PagedRows.PAGE_SHIFT;
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
        NativeRows[] blocks = new NativeRows[ordinals.length];
        int[] slots = new int[ordinals.length];
        int[] places = new int[ordinals.length];
        int found = 0;
        float[] result = new float[ordinals.length];
        for (int i = 0; i < ordinals.length; i++) {
            NativeRows page = pages.pageWith(ordinals[i]);
            if (page == null) {
                result[i] = Float.NaN;
            } else {
                blocks[found] = page;
                slots[found] = ordinals[i] & PagedRows.SLOT_MASK;
                places[found++] = i;
            }
        }
        float[] scores = new float[found];
        VectorMath.dotEach(query, blocks, slots, found, scores);
        for (int i = 0; i < found; i++) {
            result[places[i]] = scores[i];
        }
        return result;
    }

    /**
     * Refuses a query of the wrong length or with a component that is NaN or infinite, as every
     * search does.
     */
    public void checkQuery(float[] query) {
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
