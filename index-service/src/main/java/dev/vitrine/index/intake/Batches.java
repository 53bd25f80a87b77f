package dev.vitrine.index.intake;

import java.time.Duration;

/**
 * How records are taken.
 *
 * @param records most of them together
 * @param backoffMin pause after the database did not take them; doubles with each failure
 * @param backoffMax longest pause
 */
public record Batches(int records, Duration backoffMin, Duration backoffMax) {}
