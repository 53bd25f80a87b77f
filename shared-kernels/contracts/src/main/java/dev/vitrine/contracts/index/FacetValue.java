package dev.vitrine.contracts.index;

/**
 * A value and how many kept products have it.
 *
 * @param value the value as text
 * @param count at least 1
 */
public record FacetValue(String value, int count) {}
