package dev.vitrine.index.worker;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Takes step after step on a thread of its own between start and stop. With nothing left to do it
 * waits for a signal or for its period; after a step that failed for as long as its back-off says,
 * whatever is signalled meanwhile. {@link #wake} and {@link #failures} are thread-safe.
 */
public abstract class Worker implements SmartLifecycle {

    private static final Duration STOP = Duration.ofSeconds(10);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final Duration period;
    private final ExponentialBackOff backOff;

    /** Holds one signal at most: the next step sees all that was there before it. */
    private final BlockingQueue<Boolean> signal = new ArrayBlockingQueue<>(1);

    private final AtomicInteger failures = new AtomicInteger();
    private volatile CountDownLatch closing = new CountDownLatch(0);
    private @Nullable Thread thread;

    /**
     * @param name of the thread
     * @param period longest wait for a signal, and the pause after a step that failed
     */
    protected Worker(String name, Duration period) {
        this(name, period, period, period);
    }

    /**
     * @param name of the thread
     * @param period longest wait for a signal
     * @param backoffMin pause after a step that failed; doubles with each further one
     * @param backoffMax longest pause
     */
    protected Worker(String name, Duration period, Duration backoffMin, Duration backoffMax) {
        this.name = name;
        this.period = period;
        this.backOff = new ExponentialBackOff(backoffMin.toMillis(), 2);
        backOff.setMaxInterval(backoffMax.toMillis());
    }

    /**
     * Takes one step. A long one looks at {@link #isRunning} now and then.
     *
     * @return whether there may be more to do at once
     */
    protected abstract boolean step() throws Exception;

    /** Whether the first step is taken at the start, or after a signal or the first period. */
    protected boolean dueAtStart() {
        return true;
    }

    /** Gives back what the steps held; on the worker's thread, after its last step. */
    protected void end() {}

    /** Says that there is something to do. Never blocks. */
    public final void wake() {
        signal.offer(true);
    }

    public final String name() {
        return name;
    }

    /** How many steps have failed since the last one that did not. */
    public final int failures() {
        return failures.get();
    }

    @Override
    public final void start() {
        if (!isRunning()) {
            closing = new CountDownLatch(1);
            thread = Thread.ofPlatform().name(name).daemon().start(this::run);
        }
    }

    @Override
    public final void stop() {
        closing.countDown();
        wake();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            if (!running.join(STOP)) {
                // It waits for somebody who does not answer.
                running.interrupt();
                running.join(STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public final boolean isRunning() {
        return closing.getCount() > 0;
    }

    private void run() {
        try {
            BackOffExecution pauses = backOff.start();
            if (!dueAtStart()) {
                signal.poll(period.toMillis(), TimeUnit.MILLISECONDS);
            }
            while (isRunning()) {
                try {
                    boolean more = step();
                    failures.set(0);
                    pauses = backOff.start();
                    if (!more) {
                        signal.poll(period.toMillis(), TimeUnit.MILLISECONDS);
                    }
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    long pause = pauses.nextBackOff();
                    log.warn(
                            "{} failed {} times in a row, tries again in {} ms: {}",
                            name,
                            failures.incrementAndGet(),
                            pause,
                            e.getCause() == null ? e.toString() : e.getCause().toString());
                    log.debug("where it came from", e);
                    closing.await(pause, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closing.countDown();
            end();
        }
    }
}
