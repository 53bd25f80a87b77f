package dev.vitrine.benchmarks.vectors;

/**
 * What searching for all queries at once gains over one after another, on one thread.
 *
 * @param single queries a second, median of the rounds
 * @param batch the same, all at once
 */
record BatchRate(String engine, String variant, String setting, double single, double batch) {}
