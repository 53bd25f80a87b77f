package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks services whether they take requests. Thread-safe. */
public final class Health implements AutoCloseable {
    private static final Duration ONE_TRY = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofMillis(150);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ONE_TRY)
                    .build();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** True when the service's readiness probe says so right now. */
    public boolean ready(URI service) {
        HttpRequest probe =
                HttpRequest.newBuilder(service.resolve("/actuator/health/readiness"))
                        .timeout(ONE_TRY)
                        .build();
        try {
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits until the service is ready.
     *
     * @param alive false ends the wait at once
     * @return false when the time is over, the service died, or this was closed
     */
    boolean await(URI service, Duration within, BooleanSupplier alive) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < end && alive.getAsBoolean()) {
            if (ready(service)) {
                return true;
            }
            if (closed.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
        http.shutdownNow();
    }
}
