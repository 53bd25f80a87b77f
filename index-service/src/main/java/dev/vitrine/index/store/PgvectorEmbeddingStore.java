package dev.vitrine.index.store;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.embedding.ProductEmbedded;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Vectors in a column of pgvector's type; PostgreSQL itself finds the nearest, by a full scan. */
final class PgvectorEmbeddingStore implements EmbeddingStore {

    private final JdbcTemplate jdbc;
    private final EmbeddingTable table;
    private final String version;
    private final String nearest;

    /**
     * @param version of the extension
     * @param schema that the extension lives in; it need not be on the search path
     */
    PgvectorEmbeddingStore(JdbcTemplate jdbc, String version, String schema) {
        this.jdbc = jdbc;
        this.version = version;
        String quoted = '"' + schema.replace("\"", "\"\"") + '"';
        this.table = new EmbeddingTable(jdbc, "::" + quoted + ".vector");
        this.nearest =
                """
                SELECT id, -(vector OPERATOR(%1$s.<#>) ?::real[]::%1$s.vector) AS score
                FROM product_embedding
                WHERE tenant = ? AND catalog = ? AND model = ?
                ORDER BY score DESC, id
                LIMIT ?
                """
                        .formatted(quoted);
    }

    @Override
    public void upsertAll(Collection<ProductEmbedded> vectors) {
        table.upsertAll(vectors);
    }

    @Override
    public void deleteAll(Collection<Deletion> deletions) {
        table.deleteAll(deletions);
    }

    @Override
    public Optional<ProductEmbedded> find(ProductKey key) {
        return table.find(key);
    }

    @Override
    public List<Neighbour> nearest(CatalogRef catalog, String model, float[] query, int k) {
        return jdbc.query(
                nearest,
                (row, number) -> new Neighbour(row.getString("id"), row.getDouble("score")),
                query,
                catalog.tenant(),
                catalog.catalog(),
                model,
                k);
    }

    @Override
    public long count(CatalogRef catalog) {
        return table.count(catalog);
    }

    @Override
    public String description() {
        return "pgvector " + version;
    }
}
