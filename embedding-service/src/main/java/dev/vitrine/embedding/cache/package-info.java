/** Vectors of recent queries, so that a repeated search does not wait for the model. */
@NullMarked
package dev.vitrine.embedding.cache;

import org.jspecify.annotations.NullMarked;
