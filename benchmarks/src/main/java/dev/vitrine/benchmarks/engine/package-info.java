/** The engines under test, each behind its own HTTP interface. */
@NullMarked
package dev.vitrine.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
