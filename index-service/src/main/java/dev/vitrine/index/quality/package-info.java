/**
 * Watches how well vector searches find what they are to find, off the search path.
 *
 * <p>{@link dev.vitrine.index.quality.ServedSearches} takes a sample, {@link
 * dev.vitrine.index.quality.VectorWatch} compares it with exact search and measures the shape of
 * catalogues, {@link dev.vitrine.index.quality.QualityMeters} publishes both.
 */
@NullMarked
package dev.vitrine.index.quality;

import org.jspecify.annotations.NullMarked;
