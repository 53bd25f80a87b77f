package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogChanged(
        String tenant,
        String catalog,
        long schemaVersion,
        boolean deleted,
        CatalogSchema schema,
        @Nullable String aliasOf) {

    /** A catalogue that is no alias. */
    public CatalogChanged(
            String tenant,
            String catalog,
            long schemaVersion,
            boolean deleted,
            CatalogSchema schema) {
        this(tenant, catalog, schemaVersion, deleted, schema, null);
    }

    public CatalogRef ref() {
        return new CatalogRef(tenant, catalog);
    }
}
