package dev.vitrine.recommender.algorithm;

import org.jspecify.annotations.Nullable;

/**
 * One item that a model ranks.
 *
 * @param id item id
 * @param score higher is better; comparable within one ranking only
 * @param because the item of the context that speaks most for it, or null
 * @param support occasions that speak for it
 * @param lift how many times as often as expected; NaN where the model has no such number
 */
public record Recommended(
        String id, double score, @Nullable String because, int support, double lift) {}
