/**
 * recommender-service: products that go with a product. {@code catalog} keeps products and vectors
 * in memory, {@code algorithm} has one package for each method, {@code recommend} answers over
 * HTTP. Read {@code algorithm.similar} first.
 */
@NullMarked
package dev.vitrine.recommender;

import org.jspecify.annotations.NullMarked;
