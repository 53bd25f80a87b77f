package dev.vitrine.retrieval.search;

import dev.vitrine.contracts.problem.ErrorCode;

/** Errors that only a search has. */
final class SearchErrors {

    static final ErrorCode INDEX_UNAVAILABLE =
            new ErrorCode("INDEX_UNAVAILABLE", 503, "The index does not answer");

    static final ErrorCode EMBEDDING_UNAVAILABLE =
            new ErrorCode(
                    "EMBEDDING_UNAVAILABLE", 503, "The query cannot be embedded at the moment");

    private SearchErrors() {}
}
