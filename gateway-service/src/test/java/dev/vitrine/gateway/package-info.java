/** Tests of the package. */
@NullMarked
package dev.vitrine.gateway;

import org.jspecify.annotations.NullMarked;
