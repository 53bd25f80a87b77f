/**
 * What visitors did, in memory and within limits, read from the log at each start. {@code
 * InteractionFollower} reads, {@code InteractionState} counts each event once, {@code
 * CatalogInteractions} holds one catalogue.
 */
@NullMarked
package dev.vitrine.recommender.interaction;

import org.jspecify.annotations.NullMarked;
