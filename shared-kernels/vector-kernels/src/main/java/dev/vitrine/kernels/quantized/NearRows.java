package dev.vitrine.kernels.quantized;

import java.util.function.IntConsumer;

/** Passing rows by the distance of their sign codes from a query. One search, one thread. */
interface NearRows {

    /** A distance within which about {@code count} rows lie; the largest possible if fewer pass. */
    int firstLimit(int count);

    /** Hands over the rows at a distance of {@code limit} or less that were farther so far. */
    void forEachWithin(int limit, IntConsumer taker);

    /** Pages of sign codes whose comparison takes as long as that of rows, about. */
    static int pages(PassingRows rows) {
        return ListedRows.serves(rows) ? rows.count() / ListedRows.AS_PAGE : rows.words().length;
    }
}
