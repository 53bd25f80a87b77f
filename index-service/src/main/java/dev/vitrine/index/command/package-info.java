/**
 * Writes of the shop's own systems by Kafka: CloudEvents, plain JSON rows, Debezium and Kafka
 * Connect, told apart by themselves.
 *
 * <p>Read {@code CommandDecoder} first (a record to a command), then {@code CommandIntake} (a batch
 * to transactions and dead letters) and {@code SourcePosition} (which of two records is newer).
 */
@NullMarked
package dev.vitrine.index.command;

import org.jspecify.annotations.NullMarked;
