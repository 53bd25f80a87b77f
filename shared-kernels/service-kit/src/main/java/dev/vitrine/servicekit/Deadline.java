package dev.vitrine.servicekit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The moment after which nobody waits for an answer any more. Handed down from call to call.
 *
 * @param at the moment
 * @param clock the clock it is measured with
 */
public record Deadline(Instant at, Clock clock) {

    /** A deadline that far from now. */
    public static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock.instant().plus(time), clock);
    }

    /** Time left, never negative. */
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean expired() {
        return !clock.instant().isBefore(at);
    }

    /** The earlier of this deadline and one that far from now. */
    public Deadline atMost(Duration time) {
        Instant other = clock.instant().plus(time);
        return other.isBefore(at) ? new Deadline(other, clock) : this;
    }

    /** This share (0 to 1) of the time that is left. */
    public Deadline share(double share) {
        return atMost(Duration.ofNanos((long) (remaining().toNanos() * share)));
    }
}
