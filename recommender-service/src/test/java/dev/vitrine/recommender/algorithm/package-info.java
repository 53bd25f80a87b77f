@NullMarked
package dev.vitrine.recommender.algorithm;

import org.jspecify.annotations.NullMarked;
