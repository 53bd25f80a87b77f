/** Tests of the package. */
@NullMarked
package dev.vitrine.retrieval.plan;

import org.jspecify.annotations.NullMarked;
