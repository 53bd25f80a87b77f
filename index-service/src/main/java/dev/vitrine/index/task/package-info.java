/**
 * Work with progress, kept in PostgreSQL. {@link dev.vitrine.index.task.Tasks} is what the features
 * that do the work use; {@code TaskKeeper} sees to it that no task runs for ever on paper.
 */
@NullMarked
package dev.vitrine.index.task;

import org.jspecify.annotations.NullMarked;
