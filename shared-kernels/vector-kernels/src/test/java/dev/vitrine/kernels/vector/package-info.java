/** Tests of the kernels; those tagged width run once for each kind of kernel. */
@NullMarked
package dev.vitrine.kernels.vector;

import org.jspecify.annotations.NullMarked;
