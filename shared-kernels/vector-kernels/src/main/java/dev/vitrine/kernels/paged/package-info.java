/** Copy-on-write pages of rows, the storage under every engine of this module. */
@NullMarked
package dev.vitrine.kernels.paged;

import org.jspecify.annotations.NullMarked;
