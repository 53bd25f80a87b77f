package dev.vitrine.contracts.retrieval;

import dev.vitrine.contracts.index.FacetRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A search as a user sends it. Every part may be absent; limits are checked by retrieval-service.
 *
 * @param q the query; empty or absent browses
 * @param filter filter string or JSON tree
 * @param facets fields to count; absent counts none
 * @param sort {@code price}, {@code price:asc}, {@code price:desc} or {@code -price}
 * @param limit hits of a page, 0 to 250, default 20
 * @param offset hits to skip, default 0; offset + limit at most 10,000
 * @param fields fields to return, default all
 * @param highlight whether to mark matches, default false
 * @param mode legs to use, default hybrid
 * @param explain whether hits tell why they are there, default false
 * @param timeoutMs time the caller will wait, in milliseconds
 * @param userToken who searches, anonymously; the {@code visitorId} of the search's events
 * @param sessionId the visit that the search belongs to
 * @param analytics whether the search is written to the event log, default true
 */
public record SearchRequest(
        @Nullable String q,
        @Nullable JsonNode filter,
        @Nullable List<FacetRequest> facets,
        @Nullable List<String> sort,
        @Nullable Integer limit,
        @Nullable Integer offset,
        @Nullable List<String> fields,
        @Nullable Boolean highlight,
        @Nullable SearchMode mode,
        @Nullable Boolean explain,
        @Nullable Integer timeoutMs,
        @Nullable String userToken,
        @Nullable String sessionId,
        @Nullable Boolean analytics) {}
