/**
 * What a user typed, made ready for a plan: normalised text, possible product code, query vector.
 * {@link dev.vitrine.retrieval.query.QueryUnderstanding} needs nothing but the text; {@link
 * dev.vitrine.retrieval.query.QueryEmbedder} asks embedding-service. Used by {@code plan} and
 * {@code search}.
 */
@NullMarked
package dev.vitrine.retrieval.query;

import org.jspecify.annotations.NullMarked;
