package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import java.util.function.IntConsumer;

/** All distances are computed once and kept: for filters that leave few rows of a page. */
final class ListedRows implements NearRows {

    /** With more rows of a page than this, on average, keeping them takes longer than it saves. */
    private static final int MOST_OF_PAGE = PagedRows.PAGE_ROWS / 4;

    /** Bounds the memory of a search. */
    private static final int MOST = 1 << 16;

    private final int[] ordinals;
    private final int[] distances;
    private final int[] histogram;

    /** Rows up to this distance were handed over. */
    private int passed = -1;

    ListedRows(SignQuery query, SignBlock[] blocks, PassingRows rows, int distanceMax) {
        this.ordinals = new int[rows.count()];
        this.distances = new int[rows.count()];
        this.histogram = new int[distanceMax + 1];
        long[] ofPage = new long[SignBlock.ROWS];
        long[] words = rows.words();
        int size = 0;
        for (int p = 0; p < words.length; p++) {
            if (words[p] == 0) {
                continue;
            }
            CodeMath.distances(query.signs(), query.large(), blocks[p], words[p], ofPage);
            int first = p << PagedRows.PAGE_SHIFT;
            for (long rest = words[p]; rest != 0; rest &= rest - 1) {
                int slot = Long.numberOfTrailingZeros(rest);
                int distance = (int) ofPage[slot];
                ordinals[size] = first + slot;
                distances[size++] = distance;
                histogram[distance]++;
            }
        }
    }

    /** Whether so many rows of so many pages are worth it. */
    static boolean serves(PassingRows rows) {
        return rows.count() <= Math.min(MOST, MOST_OF_PAGE * rows.words().length);
    }

    @Override
    public int firstLimit(int count) {
        return NearRows.limit(histogram, count);
    }

    @Override
    public void forEachWithin(int limit, IntConsumer taker) {
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] > passed && distances[i] <= limit) {
                taker.accept(ordinals[i]);
            }
        }
        passed = limit;
    }
}
