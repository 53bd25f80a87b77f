package dev.vitrine.servicekit;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Another part of the system behind a circuit breaker, a bulkhead and a time limit. Thread-safe.
 *
 * <p>The breaker is Resilience4j's own, called directly: as a gateway filter it halves throughput
 * (RATIONALE.md). Errors of the caller (4xx) pass through and do not count as failures of the part.
 */
public final class Dependency implements AutoCloseable {

    /**
     * A call that was given less time than this and ran out of it says nothing about the part: one
     * impatient client must not open the breaker for all.
     */
    private static final Duration FAIR_WAIT = Duration.ofMillis(250);

    private final String name;
    private final Duration timeout;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final ExecutorService calls =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("dependency-", 0).factory());
    private final MeterRegistry meters;

    public Dependency(String name, DependencyProperties properties, MeterRegistry meters) {
        this.name = name;
        this.timeout = properties.timeout();
        this.meters = meters;
        this.breaker =
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .failureRateThreshold(properties.failureRate())
                                .slidingWindowSize(properties.window())
                                .minimumNumberOfCalls(properties.minimumCalls())
                                .waitDurationInOpenState(properties.openFor())
                                .permittedNumberOfCallsInHalfOpenState(2)
                                .ignoreException(Dependency::isCallersFault)
                                .build());
        this.bulkhead =
                Bulkhead.of(
                        name,
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(properties.concurrency())
                                .maxWaitDuration(Duration.ZERO)
                                .build());
        Gauge.builder("vitrine.dependency.open", breaker, Dependency::openness)
                .tag("dependency", name)
                .description("1 while the breaker refuses calls")
                .register(meters);
    }

    /** Name of the part, as {@code partial} tells it. */
    public String name() {
        return name;
    }

    /**
     * Calls the part.
     *
     * @throws DependencyException when there is no answer
     * @throws ProblemException when the part says that the request itself is wrong
     */
    public <T> T call(Deadline deadline, Callable<T> call) {
        if (!bulkhead.tryAcquirePermission()) {
            throw failed(DependencyException.Reason.FULL, null);
        }
        try {
            if (!breaker.tryAcquirePermission()) {
                throw failed(DependencyException.Reason.OPEN, null);
            }
            return timed(deadline, call);
        } finally {
            bulkhead.onComplete();
        }
    }

    private <T> T timed(Deadline deadline, Callable<T> call) {
        long start = System.nanoTime();
        long nanos = deadline.atMost(timeout).remaining().toNanos();
        Future<T> future = calls.submit(call);
        try {
            T result = future.get(nanos, TimeUnit.NANOSECONDS);
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            record("ok", start);
            return result;
        } catch (TimeoutException e) {
            future.cancel(true);
            if (nanos >= FAIR_WAIT.toNanos()) {
                breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
            } else {
                breaker.releasePermission();
            }
            throw failed(DependencyException.Reason.TIMEOUT, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, cause);
            if (cause instanceof ProblemException problem && isCallersFault(problem)) {
                record("refused", start);
                throw problem;
            }
            throw failed(DependencyException.Reason.FAILED, cause);
        } catch (InterruptedException | CancellationException e) {
            future.cancel(true);
            breaker.releasePermission();
            Thread.currentThread().interrupt();
            throw failed(DependencyException.Reason.FAILED, e);
        }
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }

    private DependencyException failed(
            DependencyException.Reason reason, @Nullable Throwable cause) {
        meters.counter(
                        "vitrine.dependency.failures",
                        "dependency",
                        name,
                        "reason",
                        reason.name().toLowerCase(Locale.ROOT))
                .increment();
        return new DependencyException(name, reason, cause);
    }

    private void record(String outcome, long start) {
        Timer.builder("vitrine.dependency.calls")
                .tag("dependency", name)
                .tag("outcome", outcome)
                .register(meters)
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private static boolean isCallersFault(Throwable error) {
        return error instanceof ProblemException problem
                && problem.code().status() < 500
                && problem.code().status() != CommonErrors.OVERLOADED.status();
    }

    private static double openness(CircuitBreaker breaker) {
        return breaker.getState() == CircuitBreaker.State.OPEN ? 1 : 0;
    }
}
