package dev.vitrine.gateway.alias;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.Deadline;

/** What the names that users give stand for, from memory. Thread-safe. */
public final class CatalogNames {

    private final CatalogDirectory directory;

    CatalogNames(CatalogDirectory directory) {
        this.directory = directory;
    }

    /** The real name: of an alias the catalogue that it stands for now, else the name itself. */
    public String resolve(String tenant, String name) {
        return !CatalogRef.isName(tenant) || !CatalogRef.isName(name)
                ? name
                : directory.resolve(new CatalogRef(tenant, name)).catalog();
    }

    /** Waits until this version of a name, or a later one, is known here. */
    boolean follows(CatalogRef name, long version, Deadline deadline) throws InterruptedException {
        return directory.await(name, version, deadline).isPresent();
    }
}
