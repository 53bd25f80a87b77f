/**
 * Products like a product: nearest by cosine, in stock, inside the filter, never the product itself
 * under another id. Start with {@code SimilarSearch}.
 */
@NullMarked
package dev.vitrine.recommender.algorithm.similar;

import org.jspecify.annotations.NullMarked;
