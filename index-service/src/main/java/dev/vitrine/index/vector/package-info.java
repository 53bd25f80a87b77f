/**
 * The dense leg: one row an ordinal behind the {@link dev.vitrine.kernels.engine.VectorEngine}
 * port, and which of the rows belong to the text that a product has now.
 */
@NullMarked
package dev.vitrine.index.vector;

import org.jspecify.annotations.NullMarked;
