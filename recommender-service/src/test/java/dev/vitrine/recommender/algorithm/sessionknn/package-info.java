@NullMarked
package dev.vitrine.recommender.algorithm.sessionknn;

import org.jspecify.annotations.NullMarked;
