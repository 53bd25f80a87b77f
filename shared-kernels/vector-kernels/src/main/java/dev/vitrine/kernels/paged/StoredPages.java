package dev.vitrine.kernels.paged;

import java.util.function.IntFunction;

/**
 * Pages that are kept somewhere and read when they are first used.
 *
 * @param presence bit {@code i} of word {@code p} says whether slot {@code i} of page {@code p} is
 *     a row
 * @param read reads the page of a number, which holds a row; the page is never written
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredPages<P>(long[] presence, IntFunction<P> read) {

    /** No pages. */
    public static <P> StoredPages<P> none() {
        return new StoredPages<>(
                new long[0],
                page -> {
                    throw new IllegalArgumentException("there is no page " + page);
                });
    }
}
