package dev.vitrine.contracts.catalog;

/**
 * A catalogue was created, got another schema, or was deleted.
 *
 * @param tenant tenant name
 * @param catalog catalogue name
 * @param schemaVersion grows by one with each change, from 1
 * @param deleted whether the catalogue is gone; its products are then to be forgotten
 * @param schema the schema from this version on
 */
public record CatalogChanged(
        String tenant, String catalog, long schemaVersion, boolean deleted, CatalogSchema schema) {

    public CatalogRef ref() {
        return new CatalogRef(tenant, catalog);
    }
}
