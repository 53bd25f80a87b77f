/** What is searched and what is asked: products, and queries made from them. */
@NullMarked
package dev.vitrine.benchmarks.catalog;

import org.jspecify.annotations.NullMarked;
