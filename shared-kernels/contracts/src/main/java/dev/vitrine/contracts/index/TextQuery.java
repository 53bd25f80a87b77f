package dev.vitrine.contracts.index;

/**
 * The text leg of a plan.
 *
 * @param text the query as understood, not analysed
 * @param minimumMatch how many of its terms a match must hold
 */
public record TextQuery(String text, MinimumMatch minimumMatch) {}
