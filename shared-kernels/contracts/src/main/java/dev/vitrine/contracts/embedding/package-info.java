/** Requests to and events of embedding-service. Owner: embedding-service. */
@NullMarked
package dev.vitrine.contracts.embedding;

import org.jspecify.annotations.NullMarked;
