/**
 * Distance kernels side by side: ours, Lucene's and JVector's over the same rows. Read {@code
 * KernelSets} for what is compared and {@code BestOf} for how.
 */
@NullMarked
package dev.vitrine.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
