@NullMarked
package dev.vitrine.recommender.interaction;

import org.jspecify.annotations.NullMarked;
