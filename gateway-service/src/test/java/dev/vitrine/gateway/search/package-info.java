/** Tests of the package. */
@NullMarked
package dev.vitrine.gateway.search;

import org.jspecify.annotations.NullMarked;
