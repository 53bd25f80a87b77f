package dev.vitrine.index.store;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Vectors in a {@code real[]} column, for a PostgreSQL without pgvector. The nearest are found
 * here: rows are streamed past the kernels, and only the best {@code k} are kept.
 */
final class PlainArrayEmbeddingStore extends EmbeddingTable {

    private static final int FETCH_ROWS = 500;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final String reason;

    /**
     * @param reason why pgvector does not serve
     */
    PlainArrayEmbeddingStore(JdbcTemplate jdbc, TransactionTemplate transactions, String reason) {
        super(jdbc, "");
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.reason = reason;
    }

    @Override
    public List<Neighbour> nearest(CatalogRef catalog, String model, float[] query, int k) {
        NearestNeighbours best = new NearestNeighbours(k);
        // A cursor needs a transaction; without one the driver would read every vector at once.
        transactions.executeWithoutResult(status ->
                jdbc.query(
                        connection -> {
                            var statement =
                                    connection.prepareStatement(
                                            """
                                            SELECT id, vector FROM product_embedding
                                            WHERE tenant = ? AND catalog = ? AND model = ?
                                            """);
                            statement.setString(1, catalog.tenant());
                            statement.setString(2, catalog.catalog());
                            statement.setString(3, model);
                            statement.setFetchSize(FETCH_ROWS);
                            return statement;
                        },
                        row -> {
                            best.offer(row.getString("id"), VectorMath.dot(query, floats(row)));
                        }));
        return best.sorted();
    }

    @Override
    public String description() {
        return "plain-array (" + reason + ")";
    }
}
