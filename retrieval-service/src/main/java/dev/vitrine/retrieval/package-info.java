/**
 * retrieval-service: understands a query, writes the search plan and words the answer. Read {@link
 * dev.vitrine.retrieval.search.SearchPipeline} first; {@code query} and {@code plan} are the two
 * features it calls.
 */
@NullMarked
package dev.vitrine.retrieval;

import org.jspecify.annotations.NullMarked;
