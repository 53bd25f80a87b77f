package dev.vitrine.contracts.index;

/**
 * A piece of a highlighted text. Pieces are plain text, never markup, so no escaping is needed.
 *
 * @param text the piece
 * @param match whether it matched the query
 */
public record HighlightSegment(String text, boolean match) {}
