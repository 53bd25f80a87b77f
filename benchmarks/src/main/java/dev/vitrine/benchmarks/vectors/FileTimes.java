package dev.vitrine.benchmarks.vectors;

/**
 * What it costs to keep an index in a file and to begin with it.
 *
 * @param bytes length of the file
 * @param writeSeconds to write it and to force it to the disk
 * @param openSeconds from the file, which is in memory, to the first answer
 * @param checkSeconds to compare all checksums of it then, which may go on beside searches
 */
public record FileTimes(long bytes, double writeSeconds, double openSeconds, double checkSeconds) {}
