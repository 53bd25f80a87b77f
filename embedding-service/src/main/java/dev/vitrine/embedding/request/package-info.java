/** The HTTP entry: {@code POST /internal/v1/embeddings}. */
@NullMarked
package dev.vitrine.embedding.request;

import org.jspecify.annotations.NullMarked;
