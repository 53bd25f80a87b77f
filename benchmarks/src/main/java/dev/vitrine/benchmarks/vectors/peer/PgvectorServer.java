package dev.vitrine.benchmarks.vectors.peer;

import dev.vitrine.embedded.EmbeddedPostgresql;
import dev.vitrine.embedded.EmbeddedPostgresqlSettings;
import dev.vitrine.embedded.EmbeddedPostgresqlSettings.Durability;
import dev.vitrine.embedded.PgvectorAvailability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;

/** A PostgreSQL of its own with pgvector, whose page cache holds all tables of a run. */
final class PgvectorServer implements AutoCloseable {

    private static final int CONNECTIONS_MAX = 200;
    private static final int BUFFERS_MIN_MIB = 128;
    private static final int BUFFERS_MAX_MIB = 16_384;

    private final EmbeddedPostgresql postgresql;

    private PgvectorServer(EmbeddedPostgresql postgresql) {
        this.postgresql = postgresql;
    }

    /**
     * Starts it.
     *
     * @param directory for its files
     * @param bytes of all tables and indexes
     */
    static PgvectorServer start(Path directory, long bytes) {
        EmbeddedPostgresqlSettings usual = EmbeddedPostgresqlSettings.in(directory);
        EmbeddedPostgresql started =
                EmbeddedPostgresql.start(
                        new EmbeddedPostgresqlSettings(
                                usual.directory(),
                                usual.port(),
                                usual.database(),
                                Durability.RELAXED,
                                Math.clamp(bytes >> 20, BUFFERS_MIN_MIB, BUFFERS_MAX_MIB),
                                CONNECTIONS_MAX,
                                usual.startTimeout(),
                                usual.stopTimeout(),
                                usual.cache()));
        // A run that is broken off must not leave a server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "pgvector-stop"));
        return new PgvectorServer(started);
    }

    /** Why there is no pgvector; empty when there is. */
    Optional<String> objection() {
        return switch (postgresql.pgvector()) {
            case PgvectorAvailability.Available _ -> Optional.empty();
            case PgvectorAvailability.Unavailable unavailable -> Optional.of(unavailable.reason());
        };
    }

    /** A connection that prepares every statement on the server at its first use. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", postgresql.user());
        properties.setProperty("password", postgresql.password());
        properties.setProperty("prepareThreshold", "1");
        Connection connection = DriverManager.getConnection(postgresql.jdbcUrl(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS vector");
        }
        return connection;
    }

    @Override
    public void close() {
        postgresql.close();
    }
}
