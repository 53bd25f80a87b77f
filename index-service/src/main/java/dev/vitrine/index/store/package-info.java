/**
 * The vectors of products beside the products themselves, in PostgreSQL: the truth from which a
 * shard can be built anew. Port {@link dev.vitrine.index.store.EmbeddingStore} with two adapters,
 * chosen at start by {@code EmbeddingStoreSelection}; {@code EmbeddingIntake} fills it from the
 * topic.
 */
@NullMarked
package dev.vitrine.index.store;

import org.jspecify.annotations.NullMarked;
