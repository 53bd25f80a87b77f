@NullMarked
package dev.vitrine.recommender.algorithm.boughttogether;

import org.jspecify.annotations.NullMarked;
