package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import java.time.Instant;
import java.util.List;
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
 * @param deleted whether there is no catalogue of that name
 * @param sweepPending whether products still have to follow the last change
 * @param aliasOf the catalogue that the name stands for; null unless it is an alias
 * @param createdAt when it was created, or became an alias
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
        @Nullable String aliasOf,
        Instant createdAt,
        Instant updatedAt) {

    private static final CatalogSchema NO_SCHEMA = new CatalogSchema(List.of(), null);

    static CatalogRow first(CatalogRef ref, CatalogSchema schema, Instant now) {
        return new CatalogRow(
                null, ref.tenant(), ref.catalog(), schema, 1, 0, false, false, null, now, now);
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
                null,
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
                null,
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
                aliasOf,
                createdAt,
                updatedAt);
    }

    static CatalogRow firstAlias(CatalogRef ref, String target, Instant now) {
        return new CatalogRow(
                null, ref.tenant(), ref.catalog(), NO_SCHEMA, 1, 0, true, false, target, now, now);
    }

    /** The next version of a name that is no catalogue: it stands for another one, or for none. */
    CatalogRow standingFor(@Nullable String target, Instant now) {
        return new CatalogRow(
                rowId,
                tenant,
                catalog,
                NO_SCHEMA,
                schemaVersion + 1,
                publishedVersion,
                true,
                false,
                target,
                aliasOf == null ? now : createdAt,
                now);
    }

    CatalogRef ref() {
        return new CatalogRef(tenant, catalog);
    }
}
