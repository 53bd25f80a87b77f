/** Tests of the package. */
@NullMarked
package dev.vitrine.gateway.console;

import org.jspecify.annotations.NullMarked;
