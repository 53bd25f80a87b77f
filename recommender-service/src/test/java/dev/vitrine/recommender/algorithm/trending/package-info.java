@NullMarked
package dev.vitrine.recommender.algorithm.trending;

import org.jspecify.annotations.NullMarked;
