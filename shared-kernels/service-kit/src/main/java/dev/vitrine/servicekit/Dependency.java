package dev.vitrine.servicekit;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Another part of the system behind a circuit breaker, a bulkhead and a time limit. Thread-safe.
 *
 * <p>The breaker is Resilience4j's own, called directly: as a gateway filter it halves throughput
 * (RATIONALE.md). Errors of the caller (4xx) pass through and do not count as failures of the part,
 * nor does a problem with status 503 that comes at once: the part is there, and says that another
 * one is not.
 */
public final class Dependency implements AutoCloseable {

    /**
     * A call that was given less time than this and ran out of it says nothing about the part: one
     * impatient client must not open the breaker for all.
     */
    private static final Duration FAIR_WAIT = Duration.ofMillis(250);

    /** A part that takes longer to say what it lacks uses up the places of other calls. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    private final String name;
    private final Duration timeout;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final TimeLimit limit;
    private final Timer answered;
    private final Timer refused;
    private final Map<DependencyException.Reason, Counter> failures =
            new EnumMap<>(DependencyException.Reason.class);

    public Dependency(String name, DependencyProperties properties, MeterRegistry meters) {
        this.name = name;
        this.timeout = properties.timeout();
        this.limit = new TimeLimit(name);
        this.answered = timer(meters, "ok");
        this.refused = timer(meters, "refused");
        for (DependencyException.Reason reason : DependencyException.Reason.values()) {
            failures.put(reason, counter(meters, reason));
        }
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
        try {
            T result = limit.call(nanos, call);
            long took = System.nanoTime() - start;
            breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            answered.record(took, TimeUnit.NANOSECONDS);
            return result;
        } catch (TimeoutException e) {
            count(!hurried(nanos), System.nanoTime() - start, e);
            throw failed(DependencyException.Reason.TIMEOUT, e);
        } catch (InterruptedException | CancellationException e) {
            breaker.releasePermission();
            Thread.currentThread().interrupt();
            throw failed(DependencyException.Reason.FAILED, e);
        } catch (Exception e) {
            long took = System.nanoTime() - start;
            if (e instanceof ProblemException problem) {
                // The part may have seen before us that the time was over.
                count(!hurried(nanos) && !lacksAnother(problem, took), took, e);
                if (isCallersFault(problem)) {
                    refused.record(took, TimeUnit.NANOSECONDS);
                    throw problem;
                }
            } else {
                breaker.onError(took, TimeUnit.NANOSECONDS, e);
            }
            throw failed(DependencyException.Reason.FAILED, e);
        } catch (Error e) {
            breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
            throw e;
        }
    }

    private void count(boolean againstThePart, long took, Exception e) {
        if (againstThePart) {
            breaker.onError(took, TimeUnit.NANOSECONDS, e);
        } else {
            breaker.releasePermission();
        }
    }

    private static boolean hurried(long given) {
        return given < FAIR_WAIT.toNanos();
    }

    private static boolean lacksAnother(ProblemException problem, long took) {
        return problem.code().status() == CommonErrors.UNAVAILABLE.status()
                && took < AT_ONCE.toNanos();
    }

    @Override
    public void close() {
        limit.close();
    }

    private DependencyException failed(
            DependencyException.Reason reason, @Nullable Throwable cause) {
        Counter counter = failures.get(reason);
        if (counter != null) {
            counter.increment();
        }
        return new DependencyException(name, reason, cause);
    }

    private Timer timer(MeterRegistry meters, String outcome) {
        return Timer.builder("vitrine.dependency.calls")
                .tag("dependency", name)
                .tag("outcome", outcome)
                .register(meters);
    }

    private Counter counter(MeterRegistry meters, DependencyException.Reason reason) {
        return Counter.builder("vitrine.dependency.failures")
                .tag("dependency", name)
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(meters);
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
