package dev.vitrine.embedded.testing;

import dev.vitrine.embedded.PgvectorAvailability;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The same servers as containers. Loaded only where Testcontainers is on the class path. */
final class ContainerServers {

    private static final String PGVECTOR = "0.8.0";
    private static final String POSTGRESQL_IMAGE = "pgvector/pgvector:" + PGVECTOR + "-pg17";
    private static final String KAFKA_IMAGE = "apache/kafka:4.2.1";

    private ContainerServers() {}

    /** Whether a container engine answers; takes seconds when there is none. */
    static boolean engineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static TestPostgresql postgresql() {
        PostgreSQLContainer container =
                new PostgreSQLContainer(
                                DockerImageName.parse(POSTGRESQL_IMAGE)
                                        .asCompatibleSubstituteFor("postgres"))
                        .withCommand(
                                "postgres",
                                "-c",
                                "fsync=off",
                                "-c",
                                "synchronous_commit=off",
                                "-c",
                                "max_connections=200");
        container.start();
        return new TestPostgresql() {
            @Override
            public String description() {
                return "container " + POSTGRESQL_IMAGE;
            }

            @Override
            public PgvectorAvailability pgvector() {
                return new PgvectorAvailability.Available(PGVECTOR);
            }

            @Override
            public TestDatabase createDatabase(String name) throws SQLException {
                PGSimpleDataSource source = new PGSimpleDataSource();
                source.setUrl(container.getJdbcUrl());
                source.setUser(container.getUsername());
                source.setPassword(container.getPassword());
                try (Connection connection = source.getConnection();
                        Statement create = connection.createStatement()) {
                    create.execute("CREATE DATABASE " + create.enquoteIdentifier(name, true));
                }
                String url =
                        "jdbc:postgresql://"
                                + container.getHost()
                                + ":"
                                + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)
                                + "/"
                                + name;
                return new TestDatabase(
                        name, url, container.getUsername(), container.getPassword());
            }

            @Override
            public void close() {
                container.stop();
            }
        };
    }

    static TestKafka kafka() {
        KafkaContainer container =
                new KafkaContainer(KAFKA_IMAGE)
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        container.start();
        return new TestKafka() {
            @Override
            public String description() {
                return "container " + KAFKA_IMAGE;
            }

            @Override
            public String bootstrapServers() {
                return container.getBootstrapServers();
            }

            @Override
            public void close() {
                container.stop();
            }
        };
    }
}
