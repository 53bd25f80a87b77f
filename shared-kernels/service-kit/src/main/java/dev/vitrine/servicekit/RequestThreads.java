package dev.vitrine.servicekit;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * A virtual thread for each request that the server works on; the server stops when the last of
 * them has ended. Thread-safe.
 *
 * <p>Spring Boot's graceful shutdown waits for servlets to return. Tomcat writes what they left in
 * its buffer, which is most answers as a whole, after that, and stopping it closes the connections.
 */
final class RequestThreads implements SmartLifecycle {

    /** A client that does not read its answer is not waited for longer. */
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(5);

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("tomcat-handler-", 0).factory());
    private volatile boolean running;

    /** What the server runs requests on. */
    Executor executor() {
        return threads;
    }

    /** After the phase that waits for servlets, right before the one that stops the server. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        threads.shutdown();
        try {
            var _ = threads.awaitTermination(WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
