@NullMarked
package dev.vitrine.recommender.recommend;

import org.jspecify.annotations.NullMarked;
