package dev.vitrine.standalone.runtime;

import java.time.Duration;

/**
 * How long to wait before a part is started again: one second, doubled with every failure in a row
 * up to half a minute. A part that has lived for a minute starts over. Not for several threads.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private int failures;

    Duration next(Duration lived) {
        if (lived.compareTo(HEALTHY) >= 0) {
            failures = 0;
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures, 10));
        failures++;
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
