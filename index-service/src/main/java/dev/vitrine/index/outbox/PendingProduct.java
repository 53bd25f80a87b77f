package dev.vitrine.index.outbox;

import dev.vitrine.contracts.catalog.ProductKey;
import org.jspecify.annotations.Nullable;

/**
 * The present state of a product that is marked.
 *
 * @param key the product
 * @param version its version
 * @param schemaVersion schema under which it was written
 * @param document JSON; null when the product is deleted
 * @param semanticText text to embed
 * @param semanticHash hash of it
 * @param textHash hash over what the text index holds
 */
record PendingProduct(
        ProductKey key,
        long version,
        long schemaVersion,
        @Nullable String document,
        String semanticText,
        String semanticHash,
        String textHash) {}
