package dev.vitrine.index.scan;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.index.state.StateLine;
import dev.vitrine.servicekit.WireJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;

/**
 * Reads all catalogues, products, their vectors and the latest deletions as they are at one moment:
 * one transaction, REPEATABLE READ, a cursor. Thread-safe.
 */
final class StateScan {

    private static final TypeReference<Map<String, Object>> DOCUMENT = new TypeReference<>() {};

    private static final String COUNT =
            """
            SELECT count(*) FROM product p JOIN catalog c USING (tenant, catalog)
            WHERE NOT p.deleted AND NOT c.deleted
            """;

    private static final String CATALOGS =
            """
            SELECT tenant, catalog, schema_version, schema FROM catalog
            WHERE NOT deleted
            ORDER BY row_id
            """;

    /** The latest ones, latest last: the shard forgets the first ones first. */
    private static final String GONE =
            """
            SELECT tenant, catalog, id, version
            FROM (
                SELECT p.tenant, p.catalog, p.id, p.version, p.updated_at
                FROM product p JOIN catalog c USING (tenant, catalog)
                WHERE p.deleted AND NOT c.deleted
                ORDER BY p.updated_at DESC
                LIMIT ?
            ) latest
            ORDER BY updated_at
            """;

    private static final String PRODUCTS =
            """
            SELECT p.tenant, p.catalog, p.id, p.version, p.schema_version, p.document,
                   p.semantic_text, p.semantic_hash, p.text_hash,
                   e.model, e.product_version, e.vector::real[] AS vector
            FROM product p
            JOIN catalog c USING (tenant, catalog)
            LEFT JOIN product_embedding e
                ON e.tenant = p.tenant AND e.catalog = p.catalog AND e.id = p.id
                AND e.text_hash = p.semantic_hash
            WHERE NOT p.deleted AND NOT c.deleted
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate oneMoment;
    private final ResumeOffsets offsets;

    StateScan(
            JdbcTemplate jdbc,
            PlatformTransactionManager manager,
            ResumeOffsets offsets,
            ScanProperties properties) {
        // Its own template: the size of a fetch is a setting of it.
        this.jdbc = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        this.jdbc.setFetchSize(properties.fetchRows());
        this.offsets = offsets;
        this.oneMoment = new TransactionTemplate(manager);
        this.oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.oneMoment.setReadOnly(true);
    }

    /**
     * Hands over all lines of the products of a range of partitions.
     *
     * @param first first partition
     * @param last last partition
     * @param deletions most deletions
     * @param lines takes them, in order; what it throws ends the scan
     */
    void read(int first, int last, int deletions, Consumer<StateLine> lines) {
        // Before the moment of the scan, so that nothing lies between the two.
        Map<String, Long> resume = offsets.now();
        oneMoment.executeWithoutResult(status -> {
            Long all = jdbc.queryForObject(COUNT, Long.class);
            long share = (all == null ? 0 : all) * (last - first + 1L) / Topics.STATE_PARTITIONS;
            lines.accept(StateLine.of(new StateLine.Begin(resume, share)));
            jdbc.query(
                    CATALOGS, (RowCallbackHandler) row -> lines.accept(StateLine.of(catalog(row))));
            jdbc.query(
                    GONE,
                    (RowCallbackHandler)
                            row -> {
                                ProductKey key = key(row);
                                if (isIn(key, first, last)) {
                                    lines.accept(
                                            StateLine.of(
                                                    new StateLine.Gone(
                                                            key.key(), row.getLong("version"))));
                                }
                            },
                    deletions);
            long[] sent = {0};
            jdbc.query(
                    PRODUCTS,
                    (RowCallbackHandler)
                            row -> {
                                ProductKey key = key(row);
                                if (isIn(key, first, last)) {
                                    lines.accept(StateLine.of(product(key, row), vector(row)));
                                    sent[0]++;
                                }
                            });
            lines.accept(StateLine.of(new StateLine.End(sent[0])));
        });
    }

    private static boolean isIn(ProductKey key, int first, int last) {
        int partition = ProductPartitions.of(key);
        return partition >= first && partition <= last;
    }

    private static ProductKey key(ResultSet row) throws SQLException {
        return new ProductKey(
                new CatalogRef(row.getString("tenant"), row.getString("catalog")),
                row.getString("id"));
    }

    private static CatalogChanged catalog(ResultSet row) throws SQLException {
        return new CatalogChanged(
                row.getString("tenant"),
                row.getString("catalog"),
                row.getLong("schema_version"),
                false,
                WireJson.mapper().readValue(row.getString("schema"), CatalogSchema.class));
    }

    private static ProductChanged product(ProductKey key, ResultSet row) throws SQLException {
        return new ProductChanged(
                key.catalog().tenant(),
                key.catalog().catalog(),
                key.id(),
                row.getLong("version"),
                row.getLong("schema_version"),
                WireJson.mapper().readValue(row.getString("document"), DOCUMENT),
                row.getString("semantic_text"),
                row.getString("semantic_hash"),
                row.getString("text_hash"));
    }

    private static StateLine.@Nullable Vector vector(ResultSet row) throws SQLException {
        String model = row.getString("model");
        if (model == null) {
            return null;
        }
        Float[] boxed = (Float[]) row.getArray("vector").getArray();
        float[] vector = new float[boxed.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = boxed[i];
        }
        return new StateLine.Vector(
                model, row.getLong("product_version"), VectorBytes.encode(vector));
    }
}
