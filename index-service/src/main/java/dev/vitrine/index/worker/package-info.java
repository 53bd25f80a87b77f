/**
 * How the writer works in the background: {@link dev.vitrine.index.worker.Worker} is a thread that
 * takes the steps of one feature until it is stopped.
 */
@NullMarked
package dev.vitrine.index.worker;

import org.jspecify.annotations.NullMarked;
