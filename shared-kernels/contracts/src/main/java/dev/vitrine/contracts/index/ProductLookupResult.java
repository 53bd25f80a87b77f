package dev.vitrine.contracts.index;

import java.util.List;
import java.util.Map;

/**
 * The products that a shard knows, in the order asked for; unknown ids are left out.
 *
 * @param products found products
 * @param generation generation that was read
 */
public record ProductLookupResult(List<FoundProduct> products, long generation) {

    /**
     * A product that the shard knows.
     *
     * @param id product id
     * @param version version that is searchable
     * @param fields returned fields
     */
    public record FoundProduct(String id, long version, Map<String, Object> fields) {}
}
