/**
 * Dot products of one query with many rows.
 *
 * <p>{@link dev.vitrine.kernels.vector.VectorMath} is the only way in: it checks arguments and
 * holds the kernels that were chosen once for this JVM. {@link
 * dev.vitrine.kernels.vector.ScalarVectorKernels} says what is meant, {@link
 * dev.vitrine.kernels.vector.SimdVectorKernels} says it fast and is the only class of Vitrine that
 * may import {@code jdk.incubator.vector}.
 */
@NullMarked
package dev.vitrine.kernels.vector;

import org.jspecify.annotations.NullMarked;
