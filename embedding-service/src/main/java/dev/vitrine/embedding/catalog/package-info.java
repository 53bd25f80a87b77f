/**
 * Follows the product topic and publishes a vector for each product. {@code ProductFollower} reads
 * and commits, {@code ProductEmbedder} decides what a batch of records needs, {@code EmbeddedTexts}
 * knows what has been embedded, {@code EmbeddingTopic} is where it goes.
 */
@NullMarked
package dev.vitrine.embedding.catalog;

import org.jspecify.annotations.NullMarked;
