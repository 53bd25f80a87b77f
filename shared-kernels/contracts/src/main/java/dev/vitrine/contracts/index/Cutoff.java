package dev.vitrine.contracts.index;

/**
 * Which rule decided what belongs to the result.
 *
 * @param method name of the head
 * @param threshold relevance from which a candidate was kept
 * @param kept products kept, before and regardless of paging
 * @param dropped candidates inside the filter that were not kept
 */
public record Cutoff(String method, double threshold, int kept, int dropped) {}
