package dev.vitrine.index.catalog;

/**
 * How the body of an import is to be read and what is to be done with its lines.
 *
 * @param mode what to do
 * @param mediaType media type that the sender gave, lower-case, without parameters; empty = none
 * @param separator between the values of a CSV row
 */
record ImportSpec(ImportMode mode, String mediaType, char separator) {}
