/**
 * How the writer reads Kafka into PostgreSQL: {@link dev.vitrine.index.intake.BatchContainers}
 * makes the listener containers of {@code command} and {@code store}.
 */
@NullMarked
package dev.vitrine.index.intake;

import org.jspecify.annotations.NullMarked;
