/** Requests to and answers of recommender-service. Owner: recommender-service. */
@NullMarked
package dev.vitrine.contracts.recommendation;

import org.jspecify.annotations.NullMarked;
