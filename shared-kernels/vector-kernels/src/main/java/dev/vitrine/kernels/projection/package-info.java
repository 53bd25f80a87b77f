/** Maps of vectors onto others: orthogonal rotation. */
@NullMarked
package dev.vitrine.kernels.projection;

import org.jspecify.annotations.NullMarked;
