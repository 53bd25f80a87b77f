/** Tests of the package. */
@NullMarked
package dev.vitrine.gateway.catalog;

import org.jspecify.annotations.NullMarked;
