/**
 * Files of checksummed blocks that are used from a memory mapping.
 *
 * <p>{@link dev.vitrine.kernels.blockfile.BlockFileWriter} writes one beside its place and renames
 * it, {@link dev.vitrine.kernels.blockfile.BlockFile} opens it. Nothing here knows what is in the
 * blocks.
 */
@NullMarked
package dev.vitrine.kernels.blockfile;

import org.jspecify.annotations.NullMarked;
