/**
 * Products and vectors of all catalogues in memory, read from their topics at each start. {@code
 * CatalogState} takes the records, {@code CatalogProducts} holds one catalogue, {@code CatalogView}
 * is what a request reads from start to end.
 */
@NullMarked
package dev.vitrine.recommender.catalog;

import org.jspecify.annotations.NullMarked;
