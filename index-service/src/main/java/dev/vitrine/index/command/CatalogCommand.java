package dev.vitrine.index.command;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.index.catalog.WriteCommand;

/**
 * What a record asks for.
 *
 * @param topic topic it came by
 * @param catalog the catalogue that it changes
 * @param write what is to happen to which product
 * @param position how new it is
 */
record CatalogCommand(
        String topic, CatalogRef catalog, WriteCommand write, SourcePosition position) {}
