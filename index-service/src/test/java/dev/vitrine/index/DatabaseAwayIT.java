package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.FaultyProxy;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** PostgreSQL cut off or silent: writes are refused clearly, and what was accepted is not lost. */
class DatabaseAwayIT {

    private static final String PRODUCTS = "/v1/catalogs/db-away/products/";

    /** Settings of a database hold for new connections. */
    private static final String END_OTHERS =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

    @Test
    void cutAndSilentDatabase_writesAre503UntilItIsBackAndNothingAcceptedIsLost() throws Exception {
        TestDatabase database = TestPlatform.freshDatabase(DatabaseAwayIT.class);
        URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        try (FaultyProxy proxy = new FaultyProxy(server.getPort());
                WriterApp app =
                        WriterApp.start(
                                database,
                                "spring.datasource.url=jdbc:postgresql://127.0.0.1:"
                                        + proxy.port()
                                        + server.getPath(),
                                "spring.datasource.hikari.connection-timeout=1000",
                                // Shorter than usual, so that a silent server is noticed in a test;
                                // too short for the tables to be made on a busy machine.
                                "spring.datasource.hikari.data-source-properties.socketTimeout=2",
                                "spring.flyway.url=" + database.jdbcUrl(),
                                "spring.flyway.user=" + database.user(),
                                "spring.flyway.password=" + database.password(),
                                "index.outbox.backoff-max=1s")) {
            assertThat(
                            app.put(
                                            "/v1/catalogs/db-away",
                                            "{\"fields\":[{\"name\":\"price\",\"type\":\"number\"}]}")
                                    .statusCode())
                    .isEqualTo(201);
            List<String> accepted = new ArrayList<>();
            put(app, accepted, "before");

            proxy.refuse();
            assertUnavailable(app.put(PRODUCTS + "cut", "{\"price\":1}"));
            assertImportRefused(app);
            proxy.heal();
            WriterApp.await("writes go on", pause -> put(app, accepted, "between"));

            proxy.hang();
            assertUnavailable(app.put(PRODUCTS + "silent", "{\"price\":1}"));
            proxy.heal();
            WriterApp.await("writes go on", pause -> put(app, accepted, "after"));

            List<String> published =
                    WriterApp.records(
                                    Topics.PRODUCTS,
                                    "default/db-away/",
                                    records -> keys(records).containsAll(accepted))
                            .stream()
                            .map(ConsumerRecord::key)
                            .toList();
            assertThat(published).containsAll(accepted);
        }
    }

    @Test
    void readOnlyDatabase_writesAre503UntilItTakesThemAgain() throws Exception {
        TestDatabase database = TestPlatform.freshDatabase(DatabaseAwayIT.class);
        try (WriterApp app = WriterApp.start(database);
                Connection admin =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                Statement statement = admin.createStatement()) {
            app.put("/v1/catalogs/db-away", "{\"fields\":[]}");
            List<String> accepted = new ArrayList<>();
            put(app, accepted, "before");

            String setting = "ALTER DATABASE " + database.name();
            statement.execute(setting + " SET default_transaction_read_only = on");
            statement.execute(END_OTHERS);
            WriterApp.await(
                    "it answers, and takes nothing",
                    pause -> {
                        HttpResponse<String> answer = app.put(PRODUCTS + "refused", "{\"a\":1}");
                        assertUnavailable(answer);
                        return answer.body().contains("takes no writes");
                    });
            assertUnavailable(app.delete(PRODUCTS + "before"));

            statement.execute(setting + " RESET default_transaction_read_only");
            statement.execute(END_OTHERS);
            WriterApp.await("writes go on", pause -> put(app, accepted, "after"));
        }
    }

    private static List<String> keys(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(ConsumerRecord::key).toList();
    }

    private static boolean put(WriterApp app, List<String> accepted, String id) {
        int status = app.put(PRODUCTS + id, "{\"price\":1}").statusCode();
        if (status == 200 || status == 201) {
            accepted.add("default/db-away/" + id);
            return true;
        }
        assertThat(status).isEqualTo(503);
        return false;
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(WriterApp.json(response.body()).get("code").asString()).isEqualTo("UNAVAILABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    }

    private static void assertImportRefused(WriterApp app) {
        HttpResponse<String> response =
                app.importBytes(
                        "db-away",
                        "?mode=upsert",
                        "application/x-ndjson",
                        "{\"id\":\"line\",\"price\":1}\n".getBytes(StandardCharsets.UTF_8));
        if (response.statusCode() == 200) {
            assertThat(WriterApp.lines(response).getFirst().path("error").path("code").asString(""))
                    .isEqualTo("UNAVAILABLE");
        } else {
            assertUnavailable(response);
        }
    }
}
