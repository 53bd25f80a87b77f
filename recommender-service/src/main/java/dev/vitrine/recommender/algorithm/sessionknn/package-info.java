/** What comes next in a visit, from the visits most like it. Start with {@code SessionKnnModel}. */
@NullMarked
package dev.vitrine.recommender.algorithm.sessionknn;

import org.jspecify.annotations.NullMarked;
