package dev.vitrine.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How an {@link EmbeddedPostgresql} is to run.
 *
 * @param directory data directory of this instance; everything but the programs lives in it
 * @param port loopback port, or 0 for a free one
 * @param database name of the database that is created when missing
 * @param durability whether a power failure may cost data
 * @param sharedBuffersMib PostgreSQL's own page cache, MiB, 16 to 16384
 * @param maxConnections 10 to 1000; each idle connection costs some 2 MiB
 * @param startTimeout how long the server may take to answer; recovery after a crash counts
 * @param stopTimeout how long open work may take to end before the server is stopped hard
 * @param cache where unpacked programs and downloads are kept
 */
public record EmbeddedPostgresqlSettings(
        Path directory,
        int port,
        String database,
        Durability durability,
        int sharedBuffersMib,
        int maxConnections,
        Duration startTimeout,
        Duration stopTimeout,
        PlatformCache cache) {

    /** What a power failure may cost. */
    public enum Durability {
        /** Nothing that was committed: fsync is on. */
        DURABLE,
        /** Everything: fsync is off. For tests. */
        RELAXED
    }

    public EmbeddedPostgresqlSettings {
        directory = directory.toAbsolutePath().normalize();
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        if (!database.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("Not a plain database name: " + database);
        }
        if (sharedBuffersMib < 16 || sharedBuffersMib > 16384) {
            throw new IllegalArgumentException(
                    "sharedBuffersMib must be 16 to 16384: " + sharedBuffersMib);
        }
        if (maxConnections < 10 || maxConnections > 1000) {
            throw new IllegalArgumentException(
                    "maxConnections must be 10 to 1000: " + maxConnections);
        }
        if (startTimeout.toSeconds() < 1 || stopTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("timeouts must be one second or more");
        }
    }

    /** A durable instance on a free port, with the user's cache. */
    public static EmbeddedPostgresqlSettings in(Path directory) {
        return new EmbeddedPostgresqlSettings(
                directory,
                0,
                "vitrine",
                Durability.DURABLE,
                64,
                60,
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                PlatformCache.fromEnvironment());
    }

    /** The same on another port; 0 for a free one. */
    public EmbeddedPostgresqlSettings withPort(int port) {
        return new EmbeddedPostgresqlSettings(
                directory,
                port,
                database,
                durability,
                sharedBuffersMib,
                maxConnections,
                startTimeout,
                stopTimeout,
                cache);
    }

    /** The same with other care for power failures. */
    public EmbeddedPostgresqlSettings withDurability(Durability durability) {
        return new EmbeddedPostgresqlSettings(
                directory,
                port,
                database,
                durability,
                sharedBuffersMib,
                maxConnections,
                startTimeout,
                stopTimeout,
                cache);
    }

    /** The same with another cache. */
    public EmbeddedPostgresqlSettings withCache(PlatformCache cache) {
        return new EmbeddedPostgresqlSettings(
                directory,
                port,
                database,
                durability,
                sharedBuffersMib,
                maxConnections,
                startTimeout,
                stopTimeout,
                cache);
    }
}
