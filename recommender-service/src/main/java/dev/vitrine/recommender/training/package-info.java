/** Models of all catalogues, trained again when events came. Start with {@code ModelKeeper}. */
@NullMarked
package dev.vitrine.recommender.training;

import org.jspecify.annotations.NullMarked;
