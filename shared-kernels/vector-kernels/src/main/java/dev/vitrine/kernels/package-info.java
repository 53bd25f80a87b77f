/**
 * Arithmetic over many vectors, and exact search over them; plain Java, no framework.
 *
 * <p>Read first: {@link dev.vitrine.kernels.vector.VectorMath} (what is computed, and by which
 * kernels), then {@link dev.vitrine.kernels.engine.VectorEngine} (the port that a search service
 * holds), then {@link dev.vitrine.kernels.exact.FloatRows} (how rows are kept while readers read
 * on). The packages depend on each other one way only: {@code exact -> engine -> vector}.
 */
@NullMarked
package dev.vitrine.kernels;

import org.jspecify.annotations.NullMarked;
