/** What visitors did: the records of the one event log. Owner: recommender-service. */
@NullMarked
package dev.vitrine.contracts.interaction;

import org.jspecify.annotations.NullMarked;
