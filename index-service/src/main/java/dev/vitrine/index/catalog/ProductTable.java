package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The rows of products. Plain SQL with arrays instead of Spring Data: an import of 500 lines is
 * three statements, not 1,500 (RATIONALE.md). Thread-safe; writes need a transaction.
 */
final class ProductTable {

    private static final String LOCK =
            """
            SELECT id, version, born, schema_version, deleted, content_hash,
                   CASE WHEN :documents THEN document END AS document
            FROM product
            WHERE tenant = :tenant AND catalog = :catalog AND id = ANY (:ids)
            ORDER BY id
            FOR UPDATE
            """;

    private static final String CHANGES =
            """
            FROM unnest(:ids, :versions, :births, :documents, :contentHashes, :semanticTexts, :semanticHashes,
                   :textHashes)
                AS x (id, version, born, document, content_hash, semantic_text, semantic_hash, text_hash)
            """;

    private static final String INSERT =
            """
            INSERT INTO product (tenant, catalog, id, version, born, schema_version, deleted,
                                 document, content_hash, semantic_text, semantic_hash, text_hash, updated_at)
            SELECT :tenant, :catalog, x.id, x.version, x.born, :schemaVersion, x.document = '',
                   nullif(x.document, '')::json, x.content_hash, x.semantic_text, x.semantic_hash, x.text_hash,
                   :at
            """
                    + CHANGES
                    + "ON CONFLICT DO NOTHING";

    private static final String UPDATE =
            """
            UPDATE product p
            SET version = x.version, born = x.born, schema_version = :schemaVersion,
                deleted = x.document = '', document = nullif(x.document, '')::json,
                content_hash = x.content_hash, semantic_text = x.semantic_text,
                semantic_hash = x.semantic_hash, text_hash = x.text_hash, updated_at = :at
            """
                    + CHANGES
                    + "WHERE p.tenant = :tenant AND p.catalog = :catalog AND p.id = x.id";

    private static final String IDS_AFTER =
            """
            SELECT id FROM product
            WHERE tenant = :tenant AND catalog = :catalog AND id > :after
              AND NOT deleted AND schema_version < :schemaVersion
            ORDER BY id
            LIMIT :limit
            """;

    private final JdbcClient jdbc;

    ProductTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the rows that exist, in the order of ids, so that two writers never wait in a ring. */
    Map<String, ProductRow> lock(CatalogRef ref, SortedSet<String> ids, boolean documents) {
        Map<String, ProductRow> rows = new HashMap<>(ids.size() * 2);
        jdbc.sql(LOCK)
                .param("tenant", ref.tenant())
                .param("catalog", ref.catalog())
                .param("ids", new SqlArrayValue("text", ids.toArray()))
                .param("documents", documents)
                .query((row, number) -> row(row))
                .list()
                .forEach(row -> rows.put(row.id(), row));
        return rows;
    }

    /**
     * Adds rows.
     *
     * @throws OptimisticLockingFailureException when another transaction added one of them first
     */
    void insert(CatalogRef ref, long schemaVersion, List<ProductChange> changes, Instant at) {
        expect(write(INSERT, ref, schemaVersion, changes, at), changes.size());
    }

    /** Changes rows that are locked. */
    void update(CatalogRef ref, long schemaVersion, List<ProductChange> changes, Instant at) {
        expect(write(UPDATE, ref, schemaVersion, changes, at), changes.size());
    }

    /** A product, unless it is deleted. */
    Optional<ProductRow> find(ProductKey key) {
        return jdbc.sql(
                        """
                        SELECT id, version, born, schema_version, deleted, content_hash, document
                        FROM product
                        WHERE tenant = ? AND catalog = ? AND id = ? AND NOT deleted
                        """)
                .params(key.catalog().tenant(), key.catalog().catalog(), key.id())
                .query((row, number) -> row(row))
                .optional();
    }

    /** Products that exist, by catalogue name. */
    Map<String, Long> count(String tenant) {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql(
                        """
                        SELECT catalog, count(*) FROM product
                        WHERE tenant = ? AND NOT deleted
                        GROUP BY catalog
                        """)
                .param(tenant)
                .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /** Products that exist and were written under an earlier schema. */
    long countBefore(CatalogRef ref, long schemaVersion) {
        return jdbc.sql(
                        """
                        SELECT count(*) FROM product
                        WHERE tenant = ? AND catalog = ? AND NOT deleted AND schema_version < ?
                        """)
                .params(ref.tenant(), ref.catalog(), schemaVersion)
                .query(Long.class)
                .single();
    }

    /** The next products that were written under an earlier schema. */
    List<String> idsAfter(CatalogRef ref, String after, long schemaVersion, int limit) {
        return jdbc.sql(IDS_AFTER)
                .param("tenant", ref.tenant())
                .param("catalog", ref.catalog())
                .param("after", after)
                .param("schemaVersion", schemaVersion)
                .param("limit", limit)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private int write(
            String sql,
            CatalogRef ref,
            long schemaVersion,
            List<ProductChange> changes,
            Instant at) {
        return jdbc.sql(sql)
                .param("tenant", ref.tenant())
                .param("catalog", ref.catalog())
                .param("schemaVersion", schemaVersion)
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("ids", texts(changes, ProductChange::id))
                .param(
                        "versions",
                        new SqlArrayValue(
                                "bigint", changes.stream().map(ProductChange::version).toArray()))
                .param(
                        "births",
                        new SqlArrayValue(
                                "bigint", changes.stream().map(ProductChange::born).toArray()))
                .param("documents", of(changes, PreparedDocument::json))
                .param("contentHashes", of(changes, PreparedDocument::contentHash))
                .param("semanticTexts", of(changes, PreparedDocument::semanticText))
                .param("semanticHashes", of(changes, PreparedDocument::semanticHash))
                .param("textHashes", of(changes, PreparedDocument::textHash))
                .update();
    }

    /** A part of every document; the empty text where there is none. */
    private static SqlArrayValue of(
            List<ProductChange> changes, Function<PreparedDocument, String> part) {
        return texts(
                changes,
                change -> {
                    PreparedDocument prepared = change.prepared();
                    return prepared == null ? "" : part.apply(prepared);
                });
    }

    private static SqlArrayValue texts(
            List<ProductChange> changes, Function<ProductChange, String> part) {
        return new SqlArrayValue("text", changes.stream().map(part).toArray());
    }

    private static void expect(int rows, int expected) {
        if (rows != expected) {
            throw new OptimisticLockingFailureException(
                    (expected - rows) + " of " + expected + " products were added by others");
        }
    }

    private static ProductRow row(ResultSet row) throws SQLException {
        return new ProductRow(
                row.getString("id"),
                row.getLong("version"),
                row.getLong("born"),
                row.getLong("schema_version"),
                row.getBoolean("deleted"),
                row.getString("content_hash"),
                row.getString("document"));
    }
}
