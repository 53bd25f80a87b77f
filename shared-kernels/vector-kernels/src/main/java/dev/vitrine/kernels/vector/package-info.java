/**
 * Dot products of queries with many rows, and the Walsh-Hadamard transform.
 *
 * <p>The façades check arguments: {@link dev.vitrine.kernels.vector.VectorMath} (float32, and which
 * kernels were chosen once for this JVM), {@link dev.vitrine.kernels.vector.BfloatMath}, {@link
 * dev.vitrine.kernels.vector.CodeMath} (int8, signs), {@link dev.vitrine.kernels.vector.NibbleMath}
 * (4 bits), {@link dev.vitrine.kernels.vector.BatchMath} (many queries at once), {@link
 * dev.vitrine.kernels.vector.Hadamard}. Behind each, a class {@code Scalar...} says what is meant
 * and a class {@code Simd...} says it fast; these alone may import {@code jdk.incubator.vector}.
 */
@NullMarked
package dev.vitrine.kernels.vector;

import org.jspecify.annotations.NullMarked;
