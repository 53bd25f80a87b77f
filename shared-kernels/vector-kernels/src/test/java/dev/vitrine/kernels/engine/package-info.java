/** The suite that every engine must pass. */
@NullMarked
package dev.vitrine.kernels.engine;

import org.jspecify.annotations.NullMarked;
