package dev.vitrine.benchmarks.vectors.peer;

import dev.vitrine.benchmarks.vectors.RowFile;
import dev.vitrine.benchmarks.vectors.RowSubset;
import dev.vitrine.benchmarks.vectors.VectorIndex;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A table of PostgreSQL with pgvector's HNSW graph, asked over JDBC in the binary protocol. */
public final class PgvectorIndex implements VectorIndex {

    /** What the graph holds; the table holds floats. */
    enum Kind {
        FLOAT("vector"),
        HALF("halfvec");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    private static final int BATCH_ROWS = 1_000;
    private static final int MEMORY_MIN_MIB = 64;
    private static final int MIB = 1 << 20;

    private final PgvectorServer server;
    private final Kind kind;
    private final int degree;
    private final int dimensions;
    private final double buildSeconds;
    private final Queue<PgvectorSession> sessions = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<PgvectorSession> ofThread = ThreadLocal.withInitial(this::session);

    private PgvectorIndex(
            PgvectorServer server, Kind kind, int degree, int dimensions, double buildSeconds) {
        this.server = server;
        this.kind = kind;
        this.degree = degree;
        this.dimensions = dimensions;
        this.buildSeconds = buildSeconds;
    }

    /** Puts the rows into a table of their own and builds the graph on all cores. */
    static PgvectorIndex build(PgvectorServer server, RowFile rows, Kind kind, int degree)
            throws IOException {
        String table = table(kind, degree);
        int cores = Runtime.getRuntime().availableProcessors();
        long rowBytes =
                (long) rows.dimensions() * Float.BYTES
                        + (long) PeerSettings.PGVECTOR_LINK_BYTES * degree;
        long graphMib = MEMORY_MIN_MIB + rows.count() * rowBytes * 3 / 2 / MIB;
        long from = System.nanoTime();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE UNLOGGED TABLE %s (id integer PRIMARY KEY, v vector(%d) STORAGE PLAIN)"
                            .formatted(table, rows.dimensions()));
            insert(connection, table, rows);
            // A graph that does not fit is built on disk, far slower.
            statement.execute("SET maintenance_work_mem = '%dMB'".formatted(graphMib));
            // The building process is one of them.
            statement.execute("SET max_parallel_maintenance_workers = " + (cores - 1));
            statement.execute(
                    "CREATE INDEX ON %s USING hnsw (%s %s_ip_ops) WITH (m=%d, ef_construction=%d)"
                            .formatted(
                                    table,
                                    expression(kind, rows.dimensions()),
                                    kind.type,
                                    degree,
                                    PeerSettings.BUILD_BREADTH));
            statement.execute("VACUUM ANALYZE " + table);
        } catch (SQLException e) {
            throw new IOException("no index " + table, e);
        }
        return new PgvectorIndex(
                server, kind, degree, rows.dimensions(), (System.nanoTime() - from) / 1e9);
    }

    private static void insert(Connection connection, String table, RowFile rows)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO %s VALUES (?, ?::real[]::vector)".formatted(table))) {
            for (int id = 0; id < rows.count(); id++) {
                statement.setInt(1, id);
                statement.setObject(2, rows.row(id));
                statement.addBatch();
                if (id % BATCH_ROWS == BATCH_ROWS - 1) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public String engine() {
        return "pgvector";
    }

    @Override
    public String variant() {
        return variant(kind, degree);
    }

    static String variant(Kind kind, int degree) {
        return "hnsw M=" + degree + (kind == Kind.FLOAT ? " float" : " half");
    }

    private static String table(Kind kind, int degree) {
        return kind.type + "_" + degree;
    }

    private static String expression(Kind kind, int dimensions) {
        return kind == Kind.FLOAT ? "v" : "(v::halfvec(%d))".formatted(dimensions);
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public boolean isInThisProcess() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        settings.add(PeerSettings.SCAN);
        settings.addAll(PeerSettings.plain());
        return settings;
    }

    @Override
    public Searcher searcher(Setting setting, RowSubset filter) {
        return (query, k) -> {
            try {
                return ofThread.get().search(query, k, setting, filter);
            } catch (SQLException e) {
                throw new IOException(e);
            }
        };
    }

    private PgvectorSession session() {
        try {
            PgvectorSession session =
                    new PgvectorSession(
                            server.connect(),
                            table(kind, degree),
                            expression(kind, dimensions),
                            "%s(%d)".formatted(kind.type, dimensions));
            sessions.add(session);
            return session;
        } catch (SQLException e) {
            throw new IllegalStateException("no connection", e);
        }
    }

    @Override
    public OptionalDouble replace(int[] ordinals, float[][] vectors) throws IOException {
        String update =
                "UPDATE %s SET v = ?::real[]::vector WHERE id = ?".formatted(table(kind, degree));
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            long from = System.nanoTime();
            try (PreparedStatement statement = connection.prepareStatement(update)) {
                for (int i = 0; i < ordinals.length; i++) {
                    statement.setObject(1, vectors[i]);
                    statement.setInt(2, ordinals[i]);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            connection.commit();
            return OptionalDouble.of(ordinals.length / ((System.nanoTime() - from) / 1e9));
        } catch (SQLException e) {
            throw new IOException("the rows were not replaced", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (PgvectorSession session : sessions) {
                session.close();
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
