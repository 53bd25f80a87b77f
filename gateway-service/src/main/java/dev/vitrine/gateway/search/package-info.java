/** Search over {@code POST} and {@code GET}, and several searches in one call. */
@NullMarked
package dev.vitrine.gateway.search;

import org.jspecify.annotations.NullMarked;
