package dev.vitrine.standalone.runtime;

import dev.vitrine.embedded.EmbeddedPostgresql;
import dev.vitrine.embedded.EmbeddedPostgresqlSettings;
import dev.vitrine.embedded.PgvectorAvailability;
import dev.vitrine.embedded.PlatformException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL in use: one that the environment names, else an embedded one of ours. */
final class Database implements AutoCloseable {
    private final String jdbcUrl;
    private final String user;
    private final String password;
    private final @Nullable EmbeddedPostgresql embedded;

    private Database(
            String jdbcUrl, String user, String password, @Nullable EmbeddedPostgresql embedded) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.embedded = embedded;
    }

    static Database start(RunSettings settings, int port) throws StartFailedException {
        Optional<String> given = settings.variable("VITRINE_JDBC_URL");
        if (given.isPresent()) {
            return new Database(
                    given.get(),
                    settings.variable("VITRINE_JDBC_USER").orElse(""),
                    settings.variable("VITRINE_JDBC_PASSWORD").orElse(""),
                    null);
        }
        try {
            EmbeddedPostgresql server =
                    EmbeddedPostgresql.start(
                            EmbeddedPostgresqlSettings.in(settings.data().postgresql())
                                    .withPort(port));
            return new Database(server.jdbcUrl(), server.user(), server.password(), server);
        } catch (PlatformException failed) {
            throw new StartFailedException("postgresql: " + failed.getMessage(), failed);
        }
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** The server's process; empty when it is not ours. */
    Optional<ProcessHandle> process() {
        return Optional.ofNullable(embedded).flatMap(server -> ProcessHandle.of(server.pid()));
    }

    int port() {
        if (embedded != null) {
            return embedded.port();
        }
        try {
            int port = URI.create(jdbcUrl.substring("jdbc:".length())).getPort();
            return port < 0 ? 5432 : port;
        } catch (IllegalArgumentException severalHosts) {
            return 0;
        }
    }

    /** Which server, and which of the two vector adapters it will be used with. */
    String version() {
        if (embedded == null) {
            return "external";
        }
        return switch (embedded.pgvector()) {
            case PgvectorAvailability.Available available -> "17, pgvector " + available.version();
            case PgvectorAvailability.Unavailable why ->
                    "17, plain arrays (no pgvector: " + why.reason() + ")";
        };
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
