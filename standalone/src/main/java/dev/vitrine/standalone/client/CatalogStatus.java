package dev.vitrine.standalone.client;

import tools.jackson.databind.JsonNode;

/**
 * How far a catalogue is.
 *
 * @param products committed products
 * @param searchable products that can be found
 * @param withVector of these, those that can be found by meaning too
 * @param semanticPending products whose vector is still to come
 * @param outboxPending committed changes not yet published
 * @param behind published changes not yet applied
 */
public record CatalogStatus(
        JsonNode schema,
        long products,
        long searchable,
        long withVector,
        long semanticPending,
        long outboxPending,
        long behind) {

    static CatalogStatus of(JsonNode body) {
        JsonNode status = body.path("status");
        return new CatalogStatus(
                body.path("schema"),
                body.path("products").asLong(0),
                status.path("searchable").asLong(0),
                status.path("withVector").asLong(0),
                status.path("semanticPending").asLong(0),
                status.path("outboxPending").asLong(0),
                status.path("behind").asLong(0));
    }

    /** True when every committed product can be found. */
    public boolean allSearchable() {
        return outboxPending == 0 && behind == 0 && searchable >= products;
    }

    /** True when every committed product that has a text can be found by meaning too. */
    public boolean allWithVector() {
        return allSearchable() && semanticPending == 0;
    }
}
