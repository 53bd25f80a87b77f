package dev.vitrine.contracts.index;

/**
 * Whether a write can be found.
 *
 * @param applied whether the version asked for, or a later one, is in the published generation
 */
public record AppliedResult(boolean applied) {}
