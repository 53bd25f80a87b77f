package dev.vitrine.contracts.index;

/**
 * Statistics of a numeric field over the kept products that have it.
 *
 * @param min smallest value
 * @param max largest value
 * @param avg arithmetic mean
 * @param sum sum
 * @param count products with a value, at least 1
 */
public record FacetStatistics(double min, double max, double avg, double sum, int count) {}
