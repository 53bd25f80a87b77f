package dev.vitrine.kernels.quantized;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Some of the last queries, to find plans on what people really ask. Safe for all threads; never
 * waits.
 */
final class QuerySample {

    static final int CAPACITY = 1_024;

    /** Once full, one query in this many replaces an older one. */
    private static final int ONE_IN = 32;

    private final AtomicReferenceArray<float[]> queries = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong taken = new AtomicLong();

    /** Takes a copy of a query, or not. */
    void offer(float[] query) {
        if (taken.get() < CAPACITY || ThreadLocalRandom.current().nextInt(ONE_IN) == 0) {
            queries.set((int) (taken.getAndIncrement() % CAPACITY), query.clone());
        }
    }

    /** Number of queries taken so far, also those replaced since. */
    long taken() {
        return taken.get();
    }

    /** The queries that are held now. */
    List<float[]> queries() {
        List<float[]> held = new ArrayList<>();
        for (int i = 0; i < CAPACITY; i++) {
            float[] query = queries.get(i);
            if (query != null) {
                held.add(query);
            }
        }
        return held;
    }
}
