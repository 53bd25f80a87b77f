/** What is bought together more often than by chance. Start with {@code BoughtTogetherTrainer}. */
@NullMarked
package dev.vitrine.recommender.algorithm.boughttogether;

import org.jspecify.annotations.NullMarked;
