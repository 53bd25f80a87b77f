package dev.vitrine.contracts.index;

/**
 * A version of a product, or its deletion, is in the published generation of a shard. Sent at least
 * once for the newest version; versions that were overtaken before a publication are left out.
 *
 * @param tenant tenant name
 * @param catalog catalogue name
 * @param id product id
 * @param version version that searches show from now on
 * @param deleted whether the product is gone
 * @param generation generation that shows it first
 */
public record ProductSearchable(
        String tenant, String catalog, String id, long version, boolean deleted, long generation) {}
