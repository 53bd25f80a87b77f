/**
 * What recommendation methods have in common: a trainer turns occasions into a model, a model ranks
 * items. Plain Java without Spring, Kafka or a clock, so that tools measure the very classes that
 * answer. Read first: {@code Occasion}, {@code ItemIndex}.
 */
@NullMarked
package dev.vitrine.recommender.algorithm;

import org.jspecify.annotations.NullMarked;
