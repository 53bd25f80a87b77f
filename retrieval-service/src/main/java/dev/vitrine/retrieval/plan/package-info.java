/**
 * From a search request to a search plan: everything that can be wrong with a request is found
 * here, before any other part is called. {@link dev.vitrine.retrieval.plan.SearchPlanner} is the
 * entry; {@link dev.vitrine.retrieval.plan.HeadProperties} holds the numbers of the scoring head.
 * Used by {@code search}.
 */
@NullMarked
package dev.vitrine.retrieval.plan;

import org.jspecify.annotations.NullMarked;
