package dev.vitrine.contracts.problem;

/**
 * One fault of a request.
 *
 * @param pointer JSON pointer (RFC 6901) to the fault in the body, or the name of a parameter
 * @param message what is wrong and what would be right
 */
public record FieldError(String pointer, String message) {}
