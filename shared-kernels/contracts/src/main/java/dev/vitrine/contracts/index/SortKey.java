package dev.vitrine.contracts.index;

/**
 * One level of a sort order. Products without a value come last in either direction.
 *
 * @param field sortable field
 * @param descending largest first
 */
public record SortKey(String field, boolean descending) {}
