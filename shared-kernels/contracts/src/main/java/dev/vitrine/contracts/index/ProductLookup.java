package dev.vitrine.contracts.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a shard for the fields of products by id.
 *
 * @param ids at most 250
 * @param fields fields to return; null = all
 */
public record ProductLookup(List<String> ids, @Nullable List<String> fields) {

    public ProductLookup {
        ids = List.copyOf(ids);
        fields = fields == null ? null : List.copyOf(fields);
    }
}
