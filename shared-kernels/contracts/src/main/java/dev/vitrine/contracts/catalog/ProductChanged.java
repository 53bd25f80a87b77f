package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;

/**
 * The whole state of a product after a write.
 *
 * @param tenant tenant name
 * @param catalog catalogue name
 * @param id product id
 * @param version grows with each write of this product, also over a deletion
 * @param schemaVersion version of the schema under which the product was written
 * @param document the shop's own fields, without the id
 * @param semanticText the text to embed; empty when there is none
 * @param semanticHash hex of the first 16 bytes of SHA-256 over the semantic text
 * @param textHash the same over everything that the text index holds of the product
 */
public record ProductChanged(
        String tenant,
        String catalog,
        String id,
        long version,
        long schemaVersion,
        Map<String, Object> document,
        String semanticText,
        String semanticHash,
        String textHash) {

    @JsonIgnore
    public ProductKey key() {
        return new ProductKey(new CatalogRef(tenant, catalog), id);
    }
}
