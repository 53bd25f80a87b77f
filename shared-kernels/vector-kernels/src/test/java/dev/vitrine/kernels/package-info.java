/** Rules of the whole module. */
@NullMarked
package dev.vitrine.kernels;

import org.jspecify.annotations.NullMarked;
