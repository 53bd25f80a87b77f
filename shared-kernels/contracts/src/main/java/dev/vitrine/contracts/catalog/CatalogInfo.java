package dev.vitrine.contracts.catalog;

import java.time.Instant;

/**
 * What the writer knows of a catalogue.
 *
 * @param catalog catalogue name
 * @param schemaVersion version of the schema
 * @param schema the schema
 * @param products committed products
 * @param outboxPending committed changes that Kafka has not acknowledged yet
 * @param createdAt when it was created
 * @param updatedAt when its schema last changed
 */
public record CatalogInfo(
        String catalog,
        long schemaVersion,
        CatalogSchema schema,
        long products,
        long outboxPending,
        Instant createdAt,
        Instant updatedAt) {}
