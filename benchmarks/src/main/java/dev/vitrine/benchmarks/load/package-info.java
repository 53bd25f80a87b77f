/** A load generator that costs little: raw keep-alive sockets in a closed loop. */
@NullMarked
package dev.vitrine.benchmarks.load;

import org.jspecify.annotations.NullMarked;
