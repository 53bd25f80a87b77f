/**
 * Committed changes on their way to Kafka. {@link dev.vitrine.index.outbox.Outbox} is what a write
 * transaction marks; {@link dev.vitrine.index.outbox.OutboxRelay} publishes the present state of
 * what is marked. Knows the tables of {@code catalog}, not its classes.
 */
@NullMarked
package dev.vitrine.index.outbox;

import org.jspecify.annotations.NullMarked;
