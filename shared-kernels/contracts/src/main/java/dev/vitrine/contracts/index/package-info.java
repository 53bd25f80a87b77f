/**
 * The search plan that a shard executes, its result, and the filter language. Owner: index-service.
 * Start with {@link dev.vitrine.contracts.index.SearchPlan}.
 */
@NullMarked
package dev.vitrine.contracts.index;

import org.jspecify.annotations.NullMarked;
