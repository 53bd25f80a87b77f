/** Tests of the package. */
@NullMarked
package dev.vitrine.gateway.recommend;

import org.jspecify.annotations.NullMarked;
