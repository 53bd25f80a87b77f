/**
 * Exact search: every row that the filter allows is scored.
 *
 * <p>It serves small catalogues and it is the oracle that faster engines are measured against.
 */
@NullMarked
package dev.vitrine.kernels.exact;

import org.jspecify.annotations.NullMarked;
