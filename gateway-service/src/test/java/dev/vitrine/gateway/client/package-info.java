/** Tests of the package. */
@NullMarked
package dev.vitrine.gateway.client;

import org.jspecify.annotations.NullMarked;
