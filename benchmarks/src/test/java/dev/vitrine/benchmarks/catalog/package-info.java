@NullMarked
package dev.vitrine.benchmarks.catalog;

import org.jspecify.annotations.NullMarked;
