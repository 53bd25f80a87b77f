package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.BatchMath;
import dev.vitrine.kernels.vector.NativeRows;
import java.util.Collection;

/** One pass over all rows for several queries; each row is read once. One search, one thread. */
final class ManyQueries {

    /** Queries of a pass: as large as the page that they are compared with. */
    static final int QUERIES = PagedRows.PAGE_ROWS;

    private final NativeRows queries;
    private final BestRows[] best;
    private final float[] scores;

    /**
     * Copies the queries.
     *
     * @param queries 1 or more of equal length
     * @param k rows to keep for each
     */
    ManyQueries(float[][] queries, int k) {
        this.queries = NativeRows.allocate(queries[0].length, queries.length);
        this.best = new BestRows[queries.length];
        this.scores = new float[queries.length * PagedRows.PAGE_ROWS];
        for (int q = 0; q < queries.length; q++) {
            this.queries.set(q, queries[q]);
            best[q] = new BestRows(k);
        }
    }

    /** Adds the result of each query, in their order. */
    void search(PagedView<NativeRows> pages, RowFilter filter, Collection<RowMatches> results) {
        for (int p = 0; p < pages.pageCount(); p++) {
            long wanted = pages.presenceWord(p);
            if (wanted != 0) {
                wanted &= filter.word(p);
            }
            NativeRows page = pages.page(p);
            if (wanted != 0 && page != null) {
                // From the first to the last wanted row: the few between cost less than lists do.
                int first = Long.numberOfTrailingZeros(wanted);
                int count = Long.SIZE - Long.numberOfLeadingZeros(wanted) - first;
                BatchMath.dotBlock(queries, 0, best.length, page, first, count, scores);
                int ordinal = (p << PagedRows.PAGE_SHIFT) + first;
                for (int q = 0; q < best.length; q++) {
                    take(best[q], ordinal, wanted >>> first, q * count);
                }
            }
        }
        for (BestRows each : best) {
            results.add(each.toMatches());
        }
    }

    private void take(BestRows taker, int first, long wanted, int scoresFrom) {
        float threshold = taker.threshold();
        for (long rest = wanted; rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            float score = scores[scoresFrom + i];
            // False for NaN, which thereby matches nothing.
            if (score >= threshold) {
                taker.accept(first + i, score);
                threshold = taker.threshold();
            }
        }
    }
}
