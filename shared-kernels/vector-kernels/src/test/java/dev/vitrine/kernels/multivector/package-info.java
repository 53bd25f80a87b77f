/** Tests of package multivector. */
@NullMarked
package dev.vitrine.kernels.multivector;

import org.jspecify.annotations.NullMarked;
