@NullMarked
package dev.vitrine.recommender.catalog;

import org.jspecify.annotations.NullMarked;
