@NullMarked
package dev.vitrine.benchmarks.vectors;

import org.jspecify.annotations.NullMarked;
