package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;

/**
 * What another feature remembers of products. Of a deleted catalogue it goes before the name is
 * free: who makes a catalogue of that name anew begins with nothing.
 */
public interface ProductTraces {

    /**
     * Forgets some of what is remembered, in the transaction of the caller.
     *
     * @param atMost most to forget at once
     * @return how many were forgotten; 0 when none are left
     */
    int forget(CatalogRef catalog, int atMost);
}
