/**
 * Records that could not be used: what is in the dead-letter topics, and sending it once more. Read
 * {@code DeadLetterBox}.
 */
@NullMarked
package dev.vitrine.standalone.deadletter;

import org.jspecify.annotations.NullMarked;
