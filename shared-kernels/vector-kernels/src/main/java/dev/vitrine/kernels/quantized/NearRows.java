package dev.vitrine.kernels.quantized;

import java.util.function.IntConsumer;

/** Passing rows by the distance of their sign codes from a query. One search, one thread. */
interface NearRows {

    /** A distance within which about {@code count} rows lie; the largest possible if fewer pass. */
    int firstLimit(int count);

    /** Hands over the rows at a distance of {@code limit} or less that were farther so far. */
    void forEachWithin(int limit, IntConsumer taker);

    /** The least distance within which so many lie; the largest if fewer do. */
    static int limit(int[] histogram, double count) {
        int limit = 0;
        int within = histogram[0];
        while (within < count && limit < histogram.length - 1) {
            within += histogram[++limit];
        }
        return limit;
    }
}
