package dev.vitrine.index.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The next state of a product.
 *
 * @param id product id
 * @param version its new version
 * @param born version that began its present life; of a deletion, the life that ends
 * @param prepared the document; null = deleted
 */
record ProductChange(String id, long version, long born, @Nullable PreparedDocument prepared) {}
