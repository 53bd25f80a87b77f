/**
 * Catalogues and products: the writer role's heart. Read {@link
 * dev.vitrine.index.catalog.CatalogWriter} first: every write, by REST, by import or later by
 * topic, goes through it. Around it: what a document may be ({@code DocumentReader}, {@code
 * SchemaTyping}), the rows ({@code ProductTable}, {@code CatalogRow}), the endpoints and the
 * import.
 */
@NullMarked
package dev.vitrine.index.catalog;

import org.jspecify.annotations.NullMarked;
