/**
 * What is wanted more than it used to be, and what is wanted most. Start with {@code
 * TrendingTrainer}.
 */
@NullMarked
package dev.vitrine.recommender.algorithm.trending;

import org.jspecify.annotations.NullMarked;
