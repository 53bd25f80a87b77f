@NullMarked
package dev.vitrine.recommender.algorithm.similar;

import org.jspecify.annotations.NullMarked;
