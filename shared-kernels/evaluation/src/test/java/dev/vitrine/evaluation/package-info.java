/** Measures against values worked out by hand. */
@NullMarked
package dev.vitrine.evaluation;

import org.jspecify.annotations.NullMarked;
