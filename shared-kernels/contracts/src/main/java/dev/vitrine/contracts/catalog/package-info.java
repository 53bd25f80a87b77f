/**
 * What index-service's writer role publishes: catalogues, schemas and products. Owner:
 * index-service. Start with {@link dev.vitrine.contracts.catalog.CatalogSchema} and {@link
 * dev.vitrine.contracts.catalog.ProductChanged}.
 */
@NullMarked
package dev.vitrine.contracts.catalog;

import org.jspecify.annotations.NullMarked;
