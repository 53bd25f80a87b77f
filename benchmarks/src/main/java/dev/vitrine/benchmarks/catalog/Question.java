package dev.vitrine.benchmarks.catalog;

/**
 * One query of the load.
 *
 * @param text what a visitor types
 * @param supplier supplier of the product that it was made from, for the workload with a filter
 * @param productId that product
 */
public record Question(String text, String supplier, String productId) {}
