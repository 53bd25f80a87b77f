/**
 * Catalogues, products and imports: routes to the index writer, and controllers where the answer of
 * the shard is joined. Read {@link dev.vitrine.gateway.catalog.CatalogRoutes} first, {@link
 * dev.vitrine.gateway.catalog.ImportStream} last.
 */
@NullMarked
package dev.vitrine.gateway.catalog;

import org.jspecify.annotations.NullMarked;
