/** Tests of the package. */
@NullMarked
package dev.vitrine.retrieval.search;

import org.jspecify.annotations.NullMarked;
