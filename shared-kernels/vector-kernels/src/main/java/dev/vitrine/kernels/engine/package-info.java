/**
 * The port between a search service and whatever finds the nearest rows.
 *
 * <p>{@link dev.vitrine.kernels.engine.VectorEngine} takes rows in, {@link
 * dev.vitrine.kernels.engine.VectorSearch} is the unchanging view that one search generation reads.
 * Every implementation passes {@code VectorEngineContractSuite} of this module's test jar.
 */
@NullMarked
package dev.vitrine.kernels.engine;

import org.jspecify.annotations.NullMarked;
