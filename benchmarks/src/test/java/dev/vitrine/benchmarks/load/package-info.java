@NullMarked
package dev.vitrine.benchmarks.load;

import org.jspecify.annotations.NullMarked;
