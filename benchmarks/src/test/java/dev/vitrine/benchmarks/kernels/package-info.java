@NullMarked
package dev.vitrine.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
