@NullMarked
package dev.vitrine.benchmarks.vectorset;

import org.jspecify.annotations.NullMarked;
