package dev.vitrine.index.store;

import dev.vitrine.contracts.catalog.CatalogRef;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Vectors in a column of pgvector's type; PostgreSQL itself finds the nearest, by a full scan. */
final class PgvectorEmbeddingStore extends EmbeddingTable {

    private final JdbcTemplate jdbc;
    private final String version;
    private final String nearest;

    /**
     * @param version of the extension
     * @param schema that the extension lives in; it need not be on the search path
     */
    PgvectorEmbeddingStore(JdbcTemplate jdbc, String version, String schema) {
        String quoted = '"' + schema.replace("\"", "\"\"") + '"';
        super(jdbc, "::" + quoted + ".vector");
        this.jdbc = jdbc;
        this.version = version;
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
    public String description() {
        return "pgvector " + version;
    }
}
