/** The search request and response as users see them. Owner: retrieval-service. */
@NullMarked
package dev.vitrine.contracts.retrieval;

import org.jspecify.annotations.NullMarked;
