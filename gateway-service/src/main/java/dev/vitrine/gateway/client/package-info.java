/**
 * Calls to the other services: balanced over replicas, each behind its own breaker, bulkhead and
 * time limit. {@link dev.vitrine.gateway.client.Services} is what the features use.
 */
@NullMarked
package dev.vitrine.gateway.client;

import org.jspecify.annotations.NullMarked;
