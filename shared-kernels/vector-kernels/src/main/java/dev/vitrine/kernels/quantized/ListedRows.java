package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlocks;
import java.util.function.IntConsumer;

/**
 * All distances are computed once and the rows put in their order: for filters that leave few rows
 * of a page.
 */
final class ListedRows implements NearRows {

    /** With more rows of a page than this, on average, listing them takes longer than it saves. */
    private static final int MOST_OF_PAGE = PagedRows.PAGE_ROWS / 4;

    /**
     * Rows that take as long as all of a page, about: 16 to 20 where no instruction counts the bits
     * of a register, fewer where there is one.
     */
    static final int AS_PAGE = 12;

    /** Bounds the memory of a search. */
    private static final int MOST = 1 << 16;

    /** By rising distance. */
    private final int[] ordinals;

    /** How many rows lie within each distance. */
    private final int[] within;

    /** How many were handed over. */
    private int passed;

    ListedRows(SignQuery query, SignBlocks blocks, PassingRows rows, int distanceMax) {
        int[] rising = rows.ordinals();
        int[] distances = new int[rising.length];
        CodeMath.distances(query.signs(), query.large(), blocks, rising, rising.length, distances);
        this.within = new int[distanceMax + 1];
        for (int distance : distances) {
            within[distance]++;
        }
        for (int d = 1; d <= distanceMax; d++) {
            within[d] += within[d - 1];
        }
        this.ordinals = new int[rising.length];
        int[] end = within.clone();
        for (int i = rising.length - 1; i >= 0; i--) {
            ordinals[--end[distances[i]]] = rising[i];
        }
    }

    /** Whether so many rows of so many pages are worth it. */
    static boolean serves(PassingRows rows) {
        return rows.count() <= Math.min(MOST, MOST_OF_PAGE * rows.words().length);
    }

    @Override
    public int firstLimit(int count) {
        int low = 0;
        int high = within.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (within[middle] < count) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void forEachWithin(int limit, IntConsumer taker) {
        int end = limit < 0 ? 0 : within[Math.min(limit, within.length - 1)];
        for (; passed < end; passed++) {
            taker.accept(ordinals[passed]);
        }
    }
}
