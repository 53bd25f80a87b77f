/** Tests of the package. */
@NullMarked
package dev.vitrine.retrieval;

import org.jspecify.annotations.NullMarked;
