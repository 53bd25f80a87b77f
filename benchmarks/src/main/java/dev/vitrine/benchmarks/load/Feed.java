package dev.vitrine.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Imports batches at a steady pace while something else is measured. An engine that cannot keep the
 * pace is asked as fast as it answers.
 */
public final class Feed implements AutoCloseable {

    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(250);

    private final Thread thread;
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private volatile boolean going = true;

    /** Starts with the first of the batches and goes through them again and again. */
    public Feed(URI address, List<HttpCall> calls) {
        this.thread = Thread.ofPlatform().name("feed").start(() -> run(address, calls));
    }

    private void run(URI address, List<HttpCall> calls) {
        try (HttpConnection connection = new HttpConnection(address)) {
            long next = System.nanoTime();
            while (going) {
                HttpCall call = calls.get(batches.get() % calls.size());
                HttpAnswer answer = connection.send(call);
                if (answer.status() != 200) {
                    throw new IOException("the import was answered " + answer.text());
                }
                batches.incrementAndGet();
                next = Math.max(next + PERIOD, System.nanoTime());
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException e) {
            failure.set(e);
        }
    }

    /** Batches that were acknowledged. */
    public int batches() {
        return batches.get();
    }

    /** Ends after the batch under way; tells when an import was refused. */
    @Override
    public void close() throws IOException {
        going = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
