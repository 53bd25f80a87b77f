package dev.vitrine.index.quality;

import static java.util.Objects.requireNonNull;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.kernels.engine.VectorSearch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that compares sampled searches with exact ones and measures catalogues that have
 * changed. After each step it rests {@value #REST} times as long as the step took, so it costs two
 * hundredths of a core at most. {@link #start} and {@link #close} are called once each.
 */
public final class VectorWatch implements AutoCloseable {

    /** Rests so many times as long as it works. */
    private static final int REST = 49;

    /** Rests so long at least, so that the recall is not that of a moment. */
    private static final Duration REST_MIN = Duration.ofMillis(100);

    /** Rows of the sample that a catalogue is measured by: some tens of milliseconds of work. */
    private static final int SHAPE_ROWS = 2_000;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(VectorWatch.class);

    private final ServedSearches served;
    private final Supplier<Map<CatalogRef, VectorSearch>> catalogs;
    private final QualityMeters meters;
    private final LongSupplier nanoTime;
    private final Random random;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<CatalogRef, VectorShape> shapes = new LinkedHashMap<>();

    private final Thread thread =
            Thread.ofPlatform().name("index-vector-watch").daemon().unstarted(this::run);

    /**
     * @param catalogs the rows of each catalogue as published now
     * @param random draws the rows that a catalogue is measured by
     */
    public VectorWatch(
            ServedSearches served,
            Supplier<Map<CatalogRef, VectorSearch>> catalogs,
            QualityMeters meters,
            LongSupplier nanoTime,
            Random random) {
        this.served = served;
        this.catalogs = catalogs;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Ends the thread. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long cost = 0;
            while (!closing.await(
                    Math.max(REST * cost, REST_MIN.toNanos()), TimeUnit.NANOSECONDS)) {
                Optional<ServedSearch> search = served.take(LOOK_EVERY);
                long start = nanoTime.getAsLong();
                step(search);
                cost = nanoTime.getAsLong() - start;
            }
        } catch (InterruptedException e) {
            log.debug("the watch ends", e);
        }
    }

    private void step(Optional<ServedSearch> search) {
        try {
            search.map(RecallProbe::compare).ifPresent(meters::compared);
            measure();
        } catch (RuntimeException | OutOfMemoryError e) {
            // Also where memory outside the heap runs out: it may come back.
            log.error("the recall of vector searches is not watched; tried again", e);
        }
    }

    /** Measures one catalogue of which a tenth has come or gone; forgets deleted ones. */
    void measure() {
        Map<CatalogRef, VectorSearch> now = catalogs.get();
        boolean changed = shapes.keySet().retainAll(now.keySet());
        Optional<CatalogRef> due =
                now.keySet().stream().filter(catalog -> isDue(catalog, now)).findFirst();
        due.ifPresent(catalog ->
                shapes.put(
                        catalog,
                        VectorShape.of(requireNonNull(now.get(catalog)), SHAPE_ROWS, random)));
        if (changed || due.isPresent()) {
            meters.measured(shapes);
        }
    }

    private boolean isDue(CatalogRef catalog, Map<CatalogRef, VectorSearch> now) {
        int rows = requireNonNull(now.get(catalog)).rowCount();
        VectorShape before = shapes.get(catalog);
        return rows > 0 && (before == null || Math.abs(rows - before.rows()) > rows / 10);
    }
}
