@NullMarked
package dev.vitrine.recommender;

import org.jspecify.annotations.NullMarked;
