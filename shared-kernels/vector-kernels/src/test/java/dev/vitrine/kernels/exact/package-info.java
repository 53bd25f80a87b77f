/** Tests of the exact engine and of its storage. */
@NullMarked
package dev.vitrine.kernels.exact;

import org.jspecify.annotations.NullMarked;
