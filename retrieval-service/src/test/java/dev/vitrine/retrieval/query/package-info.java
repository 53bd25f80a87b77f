/** Tests of the package. */
@NullMarked
package dev.vitrine.retrieval.query;

import org.jspecify.annotations.NullMarked;
