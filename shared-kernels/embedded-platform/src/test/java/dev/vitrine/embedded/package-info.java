/** Tests against real servers; none is replaced. */
@NullMarked
package dev.vitrine.embedded;

import org.jspecify.annotations.NullMarked;
