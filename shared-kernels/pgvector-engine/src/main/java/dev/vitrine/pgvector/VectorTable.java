package dev.vitrine.pgvector;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The rows and all SQL. Thread-safe for reading; one thread writes.
 *
 * <p>A row is seen by the generations from {@code born} on and before {@code died}; so views of
 * different generations read one table. Vectors go in as {@code real[]} and come out by {@code
 * vector_send}, which the driver transfers as bytes.
 */
final class VectorTable {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,50}");
    private static final int FETCH_ROWS = 500;

    /** Bytes before the components: their number, and two that are unused. */
    private static final int SEND_HEADER = 4;

    private static final String LIVING = "9223372036854775807";

    private static final String VISIBLE =
            """
            born <= ? AND died > ?
            AND CASE WHEN ordinal < ? THEN get_bit(?, ordinal) ELSE 0 END = 1
            """;

    /** The scalar subquery is computed once, not once a row. */
    private static final String DISTANCE = "vector <#> (SELECT ?::real[]::vector)";

    private final DataSource database;
    private final int dimensions;
    private final String die;
    private final String unborn;
    private final String insert;
    private final String forget;
    private final String find;
    private final String range;
    private final String best;
    private final String nearest;

    /** Creates the table, which must not be there. */
    VectorTable(DataSource database, String name, int dimensions, @Nullable Hnsw graph) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a table: " + name);
        }
        this.database = database;
        this.dimensions = dimensions;
        this.die =
                "UPDATE %s SET died = ? WHERE ordinal = ANY(?) AND born < ? AND died = %s"
                        .formatted(name, LIVING);
        this.unborn = "DELETE FROM %s WHERE ordinal = ANY(?) AND born = ?".formatted(name);
        this.insert =
                "INSERT INTO %s (ordinal, born, norm, vector) VALUES (?, ?, ?, ?::real[]::vector)"
                        .formatted(name);
        // The second condition lets every plan use the index, whatever the parameter is.
        this.forget = "DELETE FROM %s WHERE died <= ? AND died < %s".formatted(name, LIVING);
        this.find =
                """
                SELECT ordinal, vector_send(vector) FROM %s
                WHERE ordinal = ANY(?) AND born <= ? AND died > ?
                """
                        .formatted(name);
        String scored =
                """
                WITH scored AS MATERIALIZED (
                    SELECT ordinal, born, norm * ? + ? AS slack, norm >= ? AS overflows,
                           -(%s) AS score
                    FROM %s WHERE %s)
                SELECT ordinal, vector_send(vector) FROM scored JOIN %s USING (ordinal, born)
                WHERE overflows OR score + slack >=\
                """
                        .formatted(DISTANCE, name, VISIBLE, name);
        this.range = scored + " ?";
        this.best =
                scored
                        + """
                         coalesce(
                            (SELECT score - slack FROM scored WHERE NOT overflows
                             ORDER BY 1 DESC OFFSET ? LIMIT 1), '-infinity')
                        """;
        this.nearest =
                "SELECT ordinal, vector_send(vector) FROM %s WHERE %s ORDER BY %s LIMIT ?"
                        .formatted(name, VISIBLE, DISTANCE);
        create(name, graph);
    }

    /** Receives rows; the array is used again for the next one. */
    @FunctionalInterface
    interface Rows {
        void row(int ordinal, float[] vector);
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void create(String name, @Nullable Hnsw graph) {
        transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE EXTENSION IF NOT EXISTS vector");
                statement.execute(
                        """
                        CREATE UNLOGGED TABLE %s (
                            ordinal integer          NOT NULL,
                            born    bigint           NOT NULL,
                            died    bigint           NOT NULL DEFAULT %s,
                            norm    double precision NOT NULL,
                            vector  vector(%d)       NOT NULL,
                            PRIMARY KEY (ordinal, born))
                        """
                                .formatted(name, LIVING, dimensions));
                statement.execute(
                        "CREATE INDEX ON %s (died) WHERE died < %s".formatted(name, LIVING));
                if (graph != null) {
                    statement.execute(
                            """
                            CREATE INDEX ON %s USING hnsw (vector vector_ip_ops)
                            WITH (m = %d, ef_construction = %d)
                            """
                                    .formatted(name, graph.degree(), graph.buildBreadth()));
                }
            }
        });
    }

    /**
     * Writes changes that a generation will see; those of the same generation may be written in
     * parts, later ones in place of earlier ones.
     *
     * @param changes the vector by ordinal; empty = taken away
     */
    void write(long generation, Map<Integer, Optional<float[]>> changes) {
        int[] ordinals = changes.keySet().stream().mapToInt(Integer::intValue).toArray();
        transaction(connection -> {
            try (PreparedStatement old = connection.prepareStatement(die);
                    PreparedStatement early = connection.prepareStatement(unborn);
                    PreparedStatement added = connection.prepareStatement(insert)) {
                old.setLong(1, generation);
                old.setObject(2, ordinals);
                old.setLong(3, generation);
                old.executeUpdate();
                early.setObject(1, ordinals);
                early.setLong(2, generation);
                early.executeUpdate();
                for (Map.Entry<Integer, Optional<float[]>> change : changes.entrySet()) {
                    if (change.getValue().isPresent()) {
                        float[] vector = change.getValue().get();
                        added.setInt(1, change.getKey());
                        added.setLong(2, generation);
                        added.setDouble(3, Query.length(vector));
                        added.setObject(4, vector);
                        added.addBatch();
                    }
                }
                added.executeBatch();
            }
        });
    }

    /** Deletes what neither this generation nor a later one sees. */
    void forget(long generation) {
        transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(forget)) {
                statement.setLong(1, generation);
                statement.executeUpdate();
            }
        });
    }

    /** The rows under ordinals. */
    void find(long generation, int[] ordinals, Rows rows) {
        transaction(connection ->
                read(
                        connection,
                        find,
                        statement -> {
                            statement.setObject(1, ordinals);
                            statement.setLong(2, generation);
                            statement.setLong(3, generation);
                        },
                        rows));
    }

    /** All rows that may score so much or more, and perhaps some more. */
    void range(long generation, Query query, PassingRows passing, float minScore, Rows rows) {
        transaction(connection ->
                read(
                        connection,
                        range,
                        statement -> {
                            int next = scored(statement, generation, query, passing);
                            statement.setDouble(next, minScore);
                        },
                        rows));
    }

    /** All rows that may be among the best k, and perhaps some more. */
    void best(long generation, Query query, PassingRows passing, int k, Rows rows) {
        transaction(connection ->
                read(
                        connection,
                        best,
                        statement -> {
                            int next = scored(statement, generation, query, passing);
                            statement.setInt(next, k - 1);
                        },
                        rows));
    }

    /** Rows near a query as the graph finds them, as many as its breadth or fewer. */
    void nearest(long generation, Query query, PassingRows passing, int breadth, int k, Rows rows) {
        transaction(connection -> {
            try (Statement settings = connection.createStatement()) {
                settings.execute(
                        "SET LOCAL hnsw.ef_search = "
                                + breadth
                                + "; SET LOCAL hnsw.iterative_scan = relaxed_order");
            }
            read(
                    connection,
                    nearest,
                    statement -> {
                        int next = visible(statement, 1, generation, passing);
                        statement.setObject(next, query.vector());
                        statement.setInt(next + 1, Math.max(k, breadth));
                    },
                    rows);
        });
    }

    private int scored(
            PreparedStatement statement, long generation, Query query, PassingRows passing)
            throws SQLException {
        statement.setDouble(1, query.slack());
        // What products lose that are too small for a float.
        statement.setDouble(2, dimensions * (double) Float.MIN_VALUE);
        statement.setDouble(3, query.overflow());
        statement.setObject(4, query.vector());
        return visible(statement, 5, generation, passing);
    }

    private static int visible(
            PreparedStatement statement, int from, long generation, PassingRows passing)
            throws SQLException {
        statement.setLong(from, generation);
        statement.setLong(from + 1, generation);
        statement.setInt(from + 2, passing.bits().length * Byte.SIZE);
        statement.setBytes(from + 3, passing.bits());
        return from + 4;
    }

    private void read(Connection connection, String sql, Parameters parameters, Rows rows)
            throws SQLException {
        float[] vector = new float[dimensions];
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_ROWS);
            parameters.set(statement);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    ByteBuffer bytes = ByteBuffer.wrap(found.getBytes(2));
                    bytes.position(SEND_HEADER).slice().asFloatBuffer().get(vector);
                    rows.row(found.getInt(1), vector);
                }
            }
        }
    }

    private void transaction(Work work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new PgvectorException(e);
        }
    }
}
