package dev.vitrine.index.quality;

/**
 * What was found of what there was.
 *
 * @param selectivity class of the search's filter
 * @param range found of all rows over the score that was asked for; NaN where there are none
 * @param nearest found of the nearest rows; NaN where no row passes the filter
 */
record Comparison(Selectivity selectivity, double range, double nearest) {}
