package dev.vitrine.index.quality;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;

/**
 * A search for all rows over a score that was served; nothing of it is changed any more.
 *
 * @param rows the view that was searched
 * @param query as asked
 * @param floor lowest score that was asked for
 * @param found rows over it, before the filter
 * @param passing words of the rows inside the filter
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ServedSearch(
        VectorSearch rows, float[] query, float floor, RowMatches found, long[] passing) {}
