/** The engines of {@code bench vectors}, ours and the peers, each at its best. */
@NullMarked
package dev.vitrine.benchmarks.vectors.peer;

import org.jspecify.annotations.NullMarked;
