package dev.vitrine.index.outbox;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.servicekit.WireJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The products and schemas whose present state Kafka has not acknowledged, in PostgreSQL.
 * Thread-safe.
 *
 * <p>One row a product: a later change replaces the mark, because only the present state is sent.
 * Nothing reads "everything after the last id": numbers from a sequence become visible out of
 * commit order, and such a reader loses rows. A catalogue is marked by its own row: {@code
 * published_version < schema_version}.
 */
public final class Outbox {

    private static final int FETCH_ROWS = 100;

    private static final String MARK =
            """
            INSERT INTO outbox AS o (tenant, catalog, id, version, marked_at)
            SELECT :tenant, :catalog, x.id, x.version, :at
            FROM unnest(:ids, :versions) AS x (id, version)
            ON CONFLICT (tenant, catalog, id) DO UPDATE SET version = excluded.version
            """;

    private static final String NEXT_PRODUCTS =
            """
            SELECT p.tenant, p.catalog, p.id, p.version, p.schema_version, p.document,
                   p.semantic_text, p.semantic_hash, p.text_hash
            FROM outbox o JOIN product p USING (tenant, catalog, id)
            ORDER BY o.marked_at
            LIMIT ?
            """;

    private static final String NEXT_CATALOGS =
            """
            SELECT tenant, catalog, schema_version, deleted, schema, alias_of,
                CASE WHEN deleted AND alias_of IS NULL THEN updated_at ELSE created_at END AS since
            FROM catalog
            WHERE published_version < schema_version
            ORDER BY row_id
            """;

    /** Rows that a writer holds are left: it is about to mark them anew. */
    private static final String REMOVE =
            """
            DELETE FROM outbox o
            USING (
                SELECT q.tenant, q.catalog, q.id
                FROM outbox q
                JOIN unnest(:tenants, :catalogs, :ids, :versions)
                    AS sent (tenant, catalog, id, version)
                    ON q.tenant = sent.tenant AND q.catalog = sent.catalog AND q.id = sent.id
                WHERE q.version <= sent.version
                FOR UPDATE OF q SKIP LOCKED
            ) done
            WHERE o.tenant = done.tenant AND o.catalog = done.catalog AND o.id = done.id
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final TransactionTemplate transactions;

    public Outbox(JdbcTemplate template, TransactionTemplate transactions) {
        this.jdbc = JdbcClient.create(template);
        this.template = template;
        this.transactions = transactions;
    }

    /**
     * Marks products, within the transaction that changes them.
     *
     * @param ref their catalogue
     * @param versions new version by id; sorted, so that two writers take locks in one order
     * @param at when
     */
    public void mark(CatalogRef ref, SortedMap<String, Long> versions, Instant at) {
        jdbc.sql(MARK)
                .param("tenant", ref.tenant())
                .param("catalog", ref.catalog())
                .param("ids", new SqlArrayValue("text", versions.keySet().toArray()))
                .param("versions", new SqlArrayValue("bigint", versions.values().toArray()))
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .update();
    }

    /** Marked products by catalogue name. */
    public Map<String, Long> pending(String tenant) {
        return jdbc
                .sql("SELECT catalog, count(*) FROM outbox WHERE tenant = ? GROUP BY catalog")
                .param(tenant)
                .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Marked products of all catalogues. */
    long pending() {
        return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
    }

    /** Since when the oldest mark waits. */
    Optional<Instant> oldest() {
        return jdbc.sql("SELECT marked_at FROM outbox ORDER BY marked_at LIMIT 1")
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    /** The longest waiting products in their present state; at least one, if any is marked. */
    List<PendingProduct> nextProducts(int rows, long bytes) {
        // A cursor, hence the transaction: large documents are not all read before the sum is
        // known.
        return transactions.execute(status ->
                template.query(
                        connection -> {
                            var statement = connection.prepareStatement(NEXT_PRODUCTS);
                            statement.setInt(1, rows);
                            statement.setFetchSize(FETCH_ROWS);
                            return statement;
                        },
                        (ResultSet row) -> upTo(bytes, row)));
    }

    /** The catalogues that are marked. */
    List<CatalogChanged> nextCatalogs() {
        return jdbc.sql(NEXT_CATALOGS)
                .query((row, number) ->
                        new CatalogChanged(
                                row.getString("tenant"),
                                row.getString("catalog"),
                                row.getLong("schema_version"),
                                row.getBoolean("deleted"),
                                WireJson.mapper()
                                        .readValue(row.getString("schema"), CatalogSchema.class),
                                row.getString("alias_of"),
                                row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Removes the marks of products that Kafka has, unless they changed meanwhile. */
    void removeProducts(List<PendingProduct> sent) {
        jdbc.sql(REMOVE)
                .param("tenants", texts(sent.stream().map(p -> p.key().catalog().tenant())))
                .param("catalogs", texts(sent.stream().map(p -> p.key().catalog().catalog())))
                .param("ids", texts(sent.stream().map(p -> p.key().id())))
                .param(
                        "versions",
                        new SqlArrayValue(
                                "bigint", sent.stream().map(PendingProduct::version).toArray()))
                .update();
    }

    /** Notes that Kafka has this version of the catalogue. */
    void removeCatalog(CatalogChanged sent) {
        jdbc.sql(
                        """
                        UPDATE catalog SET published_version = :version
                        WHERE tenant = :tenant AND catalog = :catalog
                          AND published_version < :version
                        """)
                .param("tenant", sent.tenant())
                .param("catalog", sent.catalog())
                .param("version", sent.schemaVersion())
                .update();
    }

    private static List<PendingProduct> upTo(long bytes, ResultSet row) throws SQLException {
        List<PendingProduct> products = new ArrayList<>();
        long size = 0;
        while (size < bytes && row.next()) {
            String document = row.getString("document");
            size += document == null ? 0 : document.length();
            products.add(
                    new PendingProduct(
                            new ProductKey(
                                    new CatalogRef(
                                            row.getString("tenant"), row.getString("catalog")),
                                    row.getString("id")),
                            row.getLong("version"),
                            row.getLong("schema_version"),
                            document,
                            row.getString("semantic_text"),
                            row.getString("semantic_hash"),
                            row.getString("text_hash")));
        }
        return products;
    }

    private static SqlArrayValue texts(Stream<String> values) {
        return new SqlArrayValue("text", values.toArray());
    }
}
