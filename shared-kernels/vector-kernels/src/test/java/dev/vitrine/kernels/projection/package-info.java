/** Tests of package projection. */
@NullMarked
package dev.vitrine.kernels.projection;

import org.jspecify.annotations.NullMarked;
