package dev.vitrine.embedded;

import dev.vitrine.embedded.PlatformException.Code;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server with pgvector (where that can be had) on a data directory that outlives it.
 *
 * <p>The server is a process of its own that listens on 127.0.0.1 only and asks for a generated
 * password. One launcher owns a data directory at a time; a server that a killed launcher left
 * behind is stopped first. The owner closes it; nothing is hooked into the JVM's exit, because only
 * the owner knows what must stop before. Thread-safe.
 */
public final class EmbeddedPostgresql implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresql.class);
    private static final int ADMIN_TIMEOUT_SECONDS = 30;

    private final EmbeddedPostgresqlSettings settings;
    private final DirectoryLock lock;
    private final PostgresqlCluster cluster;
    private final PgvectorAvailability pgvector;
    private final String password;
    private final ProcessHandle postmaster;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedPostgresql(
            EmbeddedPostgresqlSettings settings,
            DirectoryLock lock,
            PostgresqlCluster cluster,
            PgvectorAvailability pgvector,
            String password,
            ProcessHandle postmaster,
            int port) {
        this.settings = settings;
        this.lock = lock;
        this.cluster = cluster;
        this.pgvector = pgvector;
        this.password = password;
        this.postmaster = postmaster;
        this.port = port;
    }

    /**
     * Starts a server and returns when it accepts connections and its database exists. The first
     * start on a machine unpacks the programs (2-3 s) and may fetch pgvector.
     *
     * @throws PlatformException when it cannot; nothing is left running then
     */
    public static EmbeddedPostgresql start(EmbeddedPostgresqlSettings settings) {
        return start(settings, PgvectorInstaller.fromEnvironment());
    }

    static EmbeddedPostgresql start(
            EmbeddedPostgresqlSettings settings, PgvectorInstaller installer) {
        DirectoryLock lock = null;
        EmbeddedPostgresql started = null;
        try {
            lock = DirectoryLock.take(settings.directory());
            PostgresqlBinaries binaries = PostgresqlBinaries.prepare(settings.cache(), installer);
            PostgresqlCluster cluster = new PostgresqlCluster(settings, binaries);
            String password = cluster.prepare();
            cluster.stopOrphans();
            int port = LoopbackPort.choose(settings.port(), "PostgreSQL");
            ProcessHandle postmaster = cluster.start(port);
            EmbeddedPostgresql server =
                    new EmbeddedPostgresql(
                            settings,
                            lock,
                            cluster,
                            binaries.pgvector(),
                            password,
                            postmaster,
                            port);
            started = server;
            server.createDatabase(settings.database());
            LOG.info(
                    "PostgreSQL {} ready on {}:{} (process {}, data in {})",
                    PostgresqlBinaries.VERSION,
                    LoopbackPort.HOST,
                    port,
                    postmaster.pid(),
                    settings.directory());
            if (binaries.pgvector() instanceof PgvectorAvailability.Unavailable why) {
                LOG.warn("PostgreSQL runs without pgvector: {}", why.reason());
            }
            lock = null;
            started = null;
            return server;
        } catch (IOException | SQLException e) {
            throw new PlatformException(
                    Code.PLATFORM_START_FAILED,
                    "PostgreSQL could not be started in " + settings.directory() + ": " + e,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(
                    Code.PLATFORM_START_FAILED, "Interrupted while PostgreSQL was starting", e);
        } finally {
            if (started != null) {
                started.close();
            } else if (lock != null) {
                release(lock);
            }
        }
    }

    /** Creates a database unless it exists. */
    public void createDatabase(String name) throws SQLException {
        try (Connection connection = dataSource("postgres").getConnection()) {
            try (PreparedStatement exists =
                    connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
                exists.setString(1, name);
                try (ResultSet found = exists.executeQuery()) {
                    if (found.next()) {
                        return;
                    }
                }
            }
            try (Statement create = connection.createStatement()) {
                create.execute("CREATE DATABASE " + create.enquoteIdentifier(name, true));
            }
        }
    }

    /** Address of the settings' database, without the password. */
    public String jdbcUrl() {
        return jdbcUrl(settings.database());
    }

    /** Address of a database on this server, without the password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + LoopbackPort.HOST + ":" + port + "/" + database;
    }

    /** The superuser, who owns the databases. */
    public String user() {
        return PostgresqlCluster.USER;
    }

    /** The generated password; kept in the data directory. */
    public String password() {
        return password;
    }

    /** The loopback port in use. */
    public int port() {
        return port;
    }

    /** The postmaster's process id. */
    public long pid() {
        return postmaster.pid();
    }

    /** Whether the postmaster runs; false after a crash too. */
    public boolean running() {
        return cluster.runs(postmaster);
    }

    /** Whether the vector extension can be created. */
    public PgvectorAvailability pgvector() {
        return pgvector;
    }

    /** Stops the server in order and gives the directory free; later calls do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            cluster.stop();
        } catch (IOException e) {
            throw new PlatformException(
                    Code.PLATFORM_STOP_FAILED, "PostgreSQL could not be stopped: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(
                    Code.PLATFORM_STOP_FAILED, "Interrupted while PostgreSQL was stopping", e);
        } finally {
            release(lock);
        }
    }

    private PGSimpleDataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(user());
        source.setPassword(password);
        source.setConnectTimeout(ADMIN_TIMEOUT_SECONDS);
        source.setSocketTimeout(ADMIN_TIMEOUT_SECONDS);
        return source;
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The lock on the data directory was not given back; it ends with this JVM", e);
        }
    }
}
