package dev.vitrine.index.store;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.embedding.ProductEmbedded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What both PostgreSQL adapters share: the table, whose vector column is written and read as {@code
 * real[]}, the one form that both types of column convert to.
 */
abstract class EmbeddingTable implements EmbeddingStore {

    private final JdbcTemplate jdbc;
    private final String upsert;

    /**
     * @param jdbc connections
     * @param cast conversion of a {@code real[]} parameter to the column's type, or nothing
     */
    EmbeddingTable(JdbcTemplate jdbc, String cast) {
        this.jdbc = jdbc;
        this.upsert =
                """
                INSERT INTO product_embedding AS e
                    (tenant, catalog, id, product_version, model, text_hash, vector)
                VALUES (?, ?, ?, ?, ?, ?, ?::real[]%s)
                ON CONFLICT (tenant, catalog, id) DO UPDATE
                SET product_version = excluded.product_version, model = excluded.model,
                    text_hash = excluded.text_hash, vector = excluded.vector
                WHERE e.product_version <= excluded.product_version
                """
                        .formatted(cast);
    }

    @Override
    public final void upsertAll(Collection<ProductEmbedded> vectors) {
        jdbc.batchUpdate(
                upsert,
                vectors.stream()
                        .sorted(Comparator.comparing(vector -> vector.key().key()))
                        .toList(),
                vectors.size() + 1,
                (statement, vector) -> {
                    statement.setString(1, vector.key().catalog().tenant());
                    statement.setString(2, vector.key().catalog().catalog());
                    statement.setString(3, vector.key().id());
                    statement.setLong(4, vector.productVersion());
                    statement.setString(5, vector.model());
                    statement.setString(6, vector.textHash());
                    // pgjdbc sends a float[] in binary form.
                    statement.setObject(7, vector.vector());
                });
    }

    @Override
    public final void deleteAll(Collection<Deletion> deletions) {
        jdbc.batchUpdate(
                """
                DELETE FROM product_embedding
                WHERE tenant = ? AND catalog = ? AND id = ? AND product_version <= ?
                """,
                deletions.stream()
                        .sorted(Comparator.comparing(deletion -> deletion.key().key()))
                        .toList(),
                deletions.size() + 1,
                (statement, deletion) -> {
                    statement.setString(1, deletion.key().catalog().tenant());
                    statement.setString(2, deletion.key().catalog().catalog());
                    statement.setString(3, deletion.key().id());
                    statement.setLong(4, deletion.version());
                });
    }

    @Override
    public final Optional<ProductEmbedded> find(ProductKey key) {
        List<ProductEmbedded> found =
                jdbc.query(
                        """
                        SELECT product_version, model, text_hash, vector::real[] AS vector
                        FROM product_embedding WHERE tenant = ? AND catalog = ? AND id = ?
                        """,
                        (row, number) ->
                                new ProductEmbedded(
                                        key,
                                        row.getLong("product_version"),
                                        row.getString("model"),
                                        row.getString("text_hash"),
                                        floats(row)),
                        key.catalog().tenant(),
                        key.catalog().catalog(),
                        key.id());
        return found.stream().findFirst();
    }

    @Override
    public final long count(CatalogRef catalog) {
        Long count =
                jdbc.queryForObject(
                        "SELECT count(*) FROM product_embedding WHERE tenant = ? AND catalog = ?",
                        Long.class,
                        catalog.tenant(),
                        catalog.catalog());
        return count == null ? 0 : count;
    }

    /** The column {@code vector} of a row, which is a {@code real[]}. */
    static float[] floats(ResultSet row) throws SQLException {
        Float[] boxed = (Float[]) row.getArray("vector").getArray();
        float[] vector = new float[boxed.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = boxed[i];
        }
        return vector;
    }
}
