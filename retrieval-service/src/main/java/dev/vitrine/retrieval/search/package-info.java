/**
 * The search endpoint and the flow behind it. Read {@link
 * dev.vitrine.retrieval.search.SearchPipeline}: one method from request to answer.
 */
@NullMarked
package dev.vitrine.retrieval.search;

import org.jspecify.annotations.NullMarked;
