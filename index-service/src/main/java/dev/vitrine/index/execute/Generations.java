package dev.vitrine.index.execute;

import dev.vitrine.contracts.catalog.CatalogRef;
import java.util.function.Function;

/** Where the published generations of catalogues are. Thread-safe. */
public interface Generations {

    /**
     * Lets a function read the published generation of a catalogue, which stays open meanwhile.
     *
     * @throws dev.vitrine.servicekit.ProblemException with CATALOG_NOT_FOUND, or UNAVAILABLE while
     *     the shard is still loading
     */
    <T> T read(CatalogRef catalog, Function<Generation, T> reader);
}
