package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A catalogue as it is kept.
 *
 * @param rowId key of the row; null before it is saved
 * @param tenant tenant name
 * @param catalog catalogue name
 * @param schema the schema
 * @param schemaVersion grows by one with each change, the deletion included
 * @param publishedVersion version that Kafka has
 * @param deleted whether the catalogue is gone
 * @param sweepPending whether products still have to follow the last change
 * @param createdAt when it was created
 * @param updatedAt when the schema changed last
 */
@Table("catalog")
record CatalogRow(
        @Id @Nullable Long rowId,
        String tenant,
        String catalog,
        CatalogSchema schema,
        long schemaVersion,
        long publishedVersion,
        boolean deleted,
        boolean sweepPending,
        Instant createdAt,
        Instant updatedAt) {

    static CatalogRow first(CatalogRef ref, CatalogSchema schema, Instant now) {
        return new CatalogRow(
                null, ref.tenant(), ref.catalog(), schema, 1, 0, false, false, now, now);
    }

    /** The next version of the catalogue with this schema; its products have to follow. */
    CatalogRow withSchema(CatalogSchema next, Instant now) {
        return new CatalogRow(
                rowId,
                tenant,
                catalog,
                next,
                schemaVersion + 1,
                publishedVersion,
                false,
                !deleted,
                deleted ? now : createdAt,
                now);
    }

    /** The next version of the catalogue: gone. */
    CatalogRow gone(Instant now) {
        return new CatalogRow(
                rowId,
                tenant,
                catalog,
                schema,
                schemaVersion + 1,
                publishedVersion,
                true,
                true,
                createdAt,
                now);
    }

    /** The same catalogue, followed by all its products. */
    CatalogRow swept() {
        return new CatalogRow(
                rowId,
                tenant,
                catalog,
                schema,
                schemaVersion,
                publishedVersion,
                deleted,
                false,
                createdAt,
                updatedAt);
    }

    CatalogRef ref() {
        return new CatalogRef(tenant, catalog);
    }
}
