@NullMarked
package dev.vitrine.benchmarks.vectors.peer;

import org.jspecify.annotations.NullMarked;
