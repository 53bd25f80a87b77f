/**
 * The quantised engine: codes are scanned, few rows are scored exactly.
 *
 * <p>Read {@link dev.vitrine.kernels.quantized.QuantizedVectorEngine} first, then {@link
 * dev.vitrine.kernels.quantized.QuantizedSearch}.
 */
@NullMarked
package dev.vitrine.kernels.quantized;

import org.jspecify.annotations.NullMarked;
