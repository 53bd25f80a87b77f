/**
 * Measures of ranking quality, computed the same way in tests, tools and services; plain Java.
 *
 * <p>Read first: {@link dev.vitrine.evaluation.RankingMeasures} (the definitions), then {@link
 * dev.vitrine.evaluation.SearchEvaluation} (which of them, over which queries).
 */
@NullMarked
package dev.vitrine.evaluation;

import org.jspecify.annotations.NullMarked;
