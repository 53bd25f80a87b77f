/** Similarity of things that have several vectors each, e.g. one a token. */
@NullMarked
package dev.vitrine.kernels.multivector;

import org.jspecify.annotations.NullMarked;
