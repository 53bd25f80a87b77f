package dev.vitrine.embedded.testing;

import dev.vitrine.embedded.EmbeddedKafka;
import dev.vitrine.embedded.EmbeddedKafkaSettings;
import dev.vitrine.embedded.EmbeddedPostgresql;
import dev.vitrine.embedded.EmbeddedPostgresqlSettings;
import dev.vitrine.embedded.PgvectorAvailability;
import dev.vitrine.embedded.PlatformCache;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** The servers of this module, with settings that trade durability for speed. */
final class EmbeddedServers {

    /** Several application contexts with pools of ten share one server. */
    private static final int CONNECTIONS_MAX = 200;

    private EmbeddedServers() {}

    static TestPostgresql postgresql(Path directory) {
        EmbeddedPostgresql server =
                EmbeddedPostgresql.start(
                        new EmbeddedPostgresqlSettings(
                                directory,
                                0,
                                "vitrine",
                                EmbeddedPostgresqlSettings.Durability.RELAXED,
                                64,
                                CONNECTIONS_MAX,
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(10),
                                PlatformCache.fromEnvironment()));
        return new TestPostgresql() {
            @Override
            public String description() {
                return "embedded PostgreSQL on port " + server.port();
            }

            @Override
            public PgvectorAvailability pgvector() {
                return server.pgvector();
            }

            @Override
            public TestDatabase createDatabase(String name) throws SQLException {
                server.createDatabase(name);
                return new TestDatabase(
                        name, server.jdbcUrl(name), server.user(), server.password());
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    static TestKafka kafka(Path directory) {
        EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
        return new TestKafka() {
            @Override
            public String description() {
                return "embedded Kafka on " + broker.bootstrapServers();
            }

            @Override
            public String bootstrapServers() {
                return broker.bootstrapServers();
            }

            @Override
            public void close() {
                broker.close();
            }
        };
    }
}
