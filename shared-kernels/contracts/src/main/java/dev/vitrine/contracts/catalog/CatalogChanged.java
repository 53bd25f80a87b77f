package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue was created, got another schema, or was deleted; or its name became an alias.
 *
 * @param tenant tenant name
 * @param catalog catalogue name
 * @param schemaVersion grows by one with each change, from 1
 * @param deleted whether there is no catalogue of that name; its products are then to be forgotten
 * @param schema the schema from this version on
 * @param aliasOf the catalogue that the name stands for; null unless it is an alias, which is
 *     {@code deleted} as well, so that who knows no aliases sees no catalogue
 * @param since when the name became what it is: the catalogue was created, or deleted, or the name
 *     became an alias; another schema or another catalogue behind an alias leaves it. What was sent
 *     to the name before is not about what it is now. Null where that is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogChanged(
        String tenant,
        String catalog,
        long schemaVersion,
        boolean deleted,
        CatalogSchema schema,
        @Nullable String aliasOf,
        @Nullable Instant since) {

    /** A catalogue that is no alias and has existed for ever. */
    public CatalogChanged(
            String tenant,
            String catalog,
            long schemaVersion,
            boolean deleted,
            CatalogSchema schema) {
        this(tenant, catalog, schemaVersion, deleted, schema, null, null);
    }

    /** Whether nothing has the name: no catalogue, and no alias. */
    public boolean free() {
        return deleted && aliasOf == null;
    }

    public CatalogRef ref() {
        return new CatalogRef(tenant, catalog);
    }
}
