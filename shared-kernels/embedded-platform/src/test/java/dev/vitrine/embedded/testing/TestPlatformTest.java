package dev.vitrine.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TestPlatformTest {

    @Test
    void freshDatabase_eachCall_isEmptyAndItsOwn() throws Exception {
        TestDatabase one = TestPlatform.freshDatabase(TestPlatformTest.class);
        TestDatabase two = TestPlatform.freshDatabase(TestPlatformTest.class);
        assertThat(one.name()).startsWith("t_testplatformtest_").isNotEqualTo(two.name());
        try (Connection first = connect(one);
                Statement statement = first.createStatement()) {
            statement.execute("CREATE TABLE mine (id int)");
        }
        try (Connection second = connect(two);
                Statement statement = second.createStatement();
                ResultSet tables =
                        statement.executeQuery(
                                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getInt(1)).isZero();
        }
    }

    @Test
    void pgvector_saidToBeAvailable_canBeCreated() throws Exception {
        if (!TestPlatform.pgvectorAvailable()) {
            TestPlatform.leftOut(TestPlatformTest.class, "CREATE EXTENSION vector");
            return;
        }
        try (Connection connection = connect(TestPlatform.freshDatabase(TestPlatformTest.class));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION vector");
            statement.execute("CREATE TABLE v (e vector(3))");
            statement.execute("INSERT INTO v VALUES ('[1,2,3]')");
        }
    }

    @Test
    void kafka_topicsCanBeCreated() throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.<String, Object>of(
                                "bootstrap.servers", TestPlatform.kafkaBootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("some", 2, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("some");
        }
    }

    private static Connection connect(TestDatabase database) throws Exception {
        return DriverManager.getConnection(
                database.jdbcUrl(), database.user(), database.password());
    }
}
