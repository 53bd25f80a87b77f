/** Tests of files of blocks. */
@NullMarked
package dev.vitrine.kernels.blockfile;

import org.jspecify.annotations.NullMarked;
