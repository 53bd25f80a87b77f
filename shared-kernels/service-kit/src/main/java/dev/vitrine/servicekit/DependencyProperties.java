package dev.vitrine.servicekit;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Protection around the calls to one other part.
 *
 * @param concurrency calls at once; more are refused at once
 * @param failureRate percentage of failed calls that opens the breaker
 * @param window number of last calls that count
 * @param minimumCalls calls before the breaker may open
 * @param openFor how long an open breaker refuses calls before it tries again
 * @param timeout longest time for one call, if the deadline is not earlier
 */
public record DependencyProperties(
        @DefaultValue("64") int concurrency,
        @DefaultValue("50") float failureRate,
        @DefaultValue("20") int window,
        @DefaultValue("5") int minimumCalls,
        @DefaultValue("2s") Duration openFor,
        @DefaultValue("10s") Duration timeout) {

    /** The defaults, as the annotations give them. */
    public static DependencyProperties defaults() {
        return new DependencyProperties(
                64, 50, 20, 5, Duration.ofSeconds(2), Duration.ofSeconds(10));
    }
}
