package dev.vitrine.retrieval.search;

import java.util.List;

/**
 * The answer to one search.
 *
 * @param json a {@code SearchResponse} as JSON
 * @param partial names of the parts that it had to do without
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record Answer(byte[] json, List<String> partial) {}
