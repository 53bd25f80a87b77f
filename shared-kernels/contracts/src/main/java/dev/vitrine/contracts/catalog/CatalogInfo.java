package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
 * @param task the background work on its products that is not finished, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogInfo(
        String catalog,
        long schemaVersion,
        CatalogSchema schema,
        long products,
        long outboxPending,
        Instant createdAt,
        Instant updatedAt,
        @Nullable TaskInfo task) {}
