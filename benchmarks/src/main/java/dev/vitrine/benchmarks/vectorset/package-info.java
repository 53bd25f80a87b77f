/**
 * Makes the vectors that {@code bench vectors} runs on: texts of catalogues and shoppers' queries,
 * embedded with the product's own encoder. Read {@code VectorSetMaker} first.
 */
@NullMarked
package dev.vitrine.benchmarks.vectorset;

import org.jspecify.annotations.NullMarked;
