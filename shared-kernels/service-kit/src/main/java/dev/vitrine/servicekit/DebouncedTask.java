package dev.vitrine.servicekit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background work that waits for a pause in the changes, on a thread of its own: an import needs
 * the cores, and what is learned in it goes stale. It does not wait for ever, and it is done once a
 * second while nothing changes, so it has to find out cheaply that nothing is due. {@link #start}
 * is called once; {@link #close} and {@link #awaitEnd} by any thread.
 */
public final class DebouncedTask implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DebouncedTask.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final LongSupplier changes;
    private final Runnable work;
    private final Duration waitMax;
    private final Duration lookEvery;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param name of the thread, which a failure is logged with
     * @param changes their number so far; they pause while it stays the same for a second
     * @param work may throw: it is then done again after {@code waitMax}
     * @param waitMax longest time without a pause until it is done all the same, at least a second
     */
    public DebouncedTask(String name, LongSupplier changes, Runnable work, Duration waitMax) {
        this(name, changes, work, waitMax, LOOK_EVERY);
    }

    DebouncedTask(
            String name,
            LongSupplier changes,
            Runnable work,
            Duration waitMax,
            Duration lookEvery) {
        this.changes = changes;
        this.work = work;
        this.waitMax = waitMax;
        this.lookEvery = lookEvery;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Begins no more work; what is going on goes on to its end. */
    @Override
    public void close() {
        closing.countDown();
    }

    /** Waits that long at most for the end of the work that is going on, after {@link #close}. */
    public void awaitEnd(Duration atMost) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW) {
            thread.join(atMost);
        }
    }

    private void run() {
        try {
            long looksMax = waitMax.dividedBy(lookEvery);
            long seen = changes.getAsLong();
            long looks = 0;
            boolean failed = false;
            while (!closing.await(lookEvery.toNanos(), TimeUnit.NANOSECONDS)) {
                long now = changes.getAsLong();
                boolean paused = now == seen && !failed;
                seen = now;
                if (paused || ++looks >= looksMax) {
                    looks = 0;
                    failed = !succeeds();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Memory outside the heap that runs out is an error, and leaves everything as it was. */
    private boolean succeeds() {
        try {
            work.run();
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            log.error(
                    "{} failed, all stays as it was; again in {} s",
                    thread.getName(),
                    waitMax.toSeconds(),
                    e);
            return false;
        }
    }
}
