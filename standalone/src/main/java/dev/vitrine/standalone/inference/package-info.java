/**
 * Proposes a schema for products nobody has described: type, role, weight, facet and sorting of
 * each field from its name and its values. Read {@link
 * dev.vitrine.standalone.inference.SchemaInference} first; nothing here reads files or speaks HTTP.
 */
@NullMarked
package dev.vitrine.standalone.inference;

import org.jspecify.annotations.NullMarked;
