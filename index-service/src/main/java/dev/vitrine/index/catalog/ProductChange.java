package dev.vitrine.index.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The next state of a product.
 *
 * @param id product id
 * @param version its new version
 * @param prepared the document; null = deleted
 */
record ProductChange(String id, long version, @Nullable PreparedDocument prepared) {}
