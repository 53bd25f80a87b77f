package dev.vitrine.kernels.quantized;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some of the last queries, to find plans on what people really ask. Safe for all threads; never
 * waits.
 */
final class QuerySample {

    static final int CAPACITY = 1_024;

    /** Once full, one query in this many replaces an older one. */
    private static final int ONE_IN = 32;

    private final AtomicReferenceArray<Range> asked = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong taken = new AtomicLong();

    /**
     * A query for all rows from a score on.
     *
     * @param floor that score; -infinity for a query for the best rows
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Range(float[] query, float floor) {}

    /** Takes a copy of a query for the best rows, or not. */
    void offer(float[] query) {
        offer(query, Float.NEGATIVE_INFINITY);
    }

    /** Takes a copy of a query for all rows from a score on, or not. */
    void offer(float[] query, float floor) {
        if (taken.get() < CAPACITY || ThreadLocalRandom.current().nextInt(ONE_IN) == 0) {
            asked.set((int) (taken.getAndIncrement() % CAPACITY), new Range(query.clone(), floor));
        }
    }

    /** Number of queries taken so far, also those replaced since. */
    long taken() {
        return taken.get();
    }

    /** The queries that are held now. */
    List<float[]> queries() {
        return held().map(Range::query).toList();
    }

    /** Those of them that were for all rows from a score on. */
    List<Range> ranges() {
        return held().filter(range -> range.floor() > Float.NEGATIVE_INFINITY).toList();
    }

    private Stream<Range> held() {
        return IntStream.range(0, CAPACITY).mapToObj(asked::get).filter(Objects::nonNull);
    }
}
