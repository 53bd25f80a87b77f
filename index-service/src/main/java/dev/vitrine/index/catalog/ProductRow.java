package dev.vitrine.index.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The state of a product that decides about its next write.
 *
 * @param id product id
 * @param version its version
 * @param born version that began its present life
 * @param schemaVersion schema under which it was written
 * @param deleted whether it is gone
 * @param contentHash equal for equal documents
 * @param document JSON; null when deleted, or when it was not asked for
 */
record ProductRow(
        String id,
        long version,
        long born,
        long schemaVersion,
        boolean deleted,
        String contentHash,
        @Nullable String document) {}
