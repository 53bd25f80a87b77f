/** Tests of the watch over vector searches. */
@NullMarked
package dev.vitrine.index.quality;

import org.jspecify.annotations.NullMarked;
