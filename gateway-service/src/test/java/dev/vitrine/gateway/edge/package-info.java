/** Tests of the package. */
@NullMarked
package dev.vitrine.gateway.edge;

import org.jspecify.annotations.NullMarked;
