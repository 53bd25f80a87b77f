package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whole imports by HTTP: what is answered, what is committed, what reaches the topic. */
public class ImportIT {

    private static final String NDJSON = "application/x-ndjson";

    private static TestDatabase database;
    private static WriterApp app;

    @BeforeAll
    static void start() {
        database = TestPlatform.freshDatabase(ImportIT.class);
        app =
                WriterApp.start(
                        database,
                        "index.import.chunk-lines=100",
                        "index.import.max-line-size=64KB",
                        "index.import.max-body-size=1MB",
                        "index.import.result-memory=4KB");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void badLinesAmongGoodOnes_areAnsweredInOrderAndNothingGoodIsLost() {
        create("i-bad");
        String body =
                """
                \uFEFF{"id":"1","title":"one"}
                {"id":"2","title":
                {"title":"no id"}

                {"id":"4","price":"a lot"}
                [1,2]
                {"id":"","title":"x"}
                {"id":"7","price":1e999}
                {"id":"8","price":NaN}
                {"id":"9","title":"a","title":"b"}
                {"id":10,"title":"number as id"}
                {"id":"c\\u0007","title":"bell"}
                {"id":"12","title":"nul \\u0000"}
                {"id":"13","title":"%s"}
                {"id":"14","a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{"i":{"j":{"k":1}}}}}}}}}}}
                {"id":"1","title":"one again"}
                {"id":"1","title":"one again"}
                {"id":"last","title":"without line end"}\
                """
                        .formatted("x".repeat(70_000));
        HttpResponse<String> response = upsert("i-bad", body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(NDJSON));
        assertThat(shapes(response))
                .containsExactly(
                        "1 1 created 1",
                        "2 - MALFORMED_JSON ",
                        "3 - PRODUCT_ID_INVALID /id",
                        "5 4 PRODUCT_INVALID /price",
                        "6 - PRODUCT_INVALID ",
                        "7 - PRODUCT_ID_INVALID /id",
                        "8 - PRODUCT_INVALID /price",
                        "9 - MALFORMED_JSON ",
                        "10 - MALFORMED_JSON ",
                        "11 10 created 1",
                        "12 - PRODUCT_ID_INVALID /id",
                        "13 - PRODUCT_INVALID /title",
                        "14 - LINE_TOO_LONG ",
                        "15 - PRODUCT_INVALID /a/b/c/d/e/f/g/h/i/j",
                        "16 1 updated 2",
                        "17 1 unchanged 2",
                        "18 last created 1",
                        "summary 5 of 17, 12 rejected");
        assertThat(app.get("/v1/catalogs/i-bad/products/1").body()).contains("one again");
        assertThat(WriterApp.json(app.get("/v1/catalogs/i-bad").body()).get("products").asInt())
                .isEqualTo(3);
    }

    @Test
    void invalidUtf8_isRefusedForItsLineOnly() throws IOException {
        create("i-utf8");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("{\"id\":\"1\",\"title\":\"".getBytes(StandardCharsets.UTF_8));
        body.write(0xC3);
        body.write("(\"}\n{\"id\":\"2\",\"title\":\"größer\"}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(shapes(app.importBytes("i-utf8", "", NDJSON, body.toByteArray())))
                .containsExactly(
                        "1 - INVALID_ENCODING ", "2 2 created 1", "summary 1 of 2, 1 rejected");
    }

    @Test
    void modes_decideWhatHappensToAnExistingProduct() {
        create("i-modes");
        upsert("i-modes", "{\"id\":\"1\",\"title\":\"a\",\"price\":1}\n");
        String two = "{\"id\":\"1\",\"price\":2}\n{\"id\":\"2\",\"price\":2}\n";
        assertThat(shapes(importLines("i-modes", "?mode=create", two)))
                .startsWith("1 1 PRODUCT_EXISTS ", "2 2 created 1");
        assertThat(shapes(importLines("i-modes", "?mode=update", two.replace("\"2\"", "\"3\""))))
                .startsWith("1 1 updated 2", "2 3 PRODUCT_NOT_FOUND ");
        assertThat(app.get("/v1/catalogs/i-modes/products/1").body())
                .isEqualTo("{\"id\":\"1\",\"title\":\"a\",\"price\":2}");
        assertThat(shapes(importLines("i-modes", "?mode=delete", two.replace("\"2\"", "\"3\""))))
                .startsWith("1 1 deleted 3", "2 3 unchanged 0");
        CatalogWriteIT.assertProblem(
                importLines("i-modes", "?mode=replaec", two), 400, "INVALID_PARAMETER");
    }

    @Test
    void csv_typedBySchema_badRowsDoNotSwallowGoodOnes() {
        create("i-csv");
        String body =
                """
                id;title;price;in_stock;other
                1;"Lamp; large";$1,299.00;true;x
                2;"two
                lines and ""quotes\""";2,5;no;
                3;too;few
                4;5" disk;4;;y
                5;"never closed;5;true;z
                6;six;six;true;
                7;"seven"x;7;true;
                8;eight;8;true;
                """;
        HttpResponse<String> response =
                app.importBytes(
                        "i-csv",
                        "?separator=%3B",
                        "text/csv; charset=utf-8",
                        body.getBytes(StandardCharsets.UTF_8));
        assertThat(shapes(response))
                .containsExactly(
                        "2 1 created 1",
                        "3 2 created 1",
                        "5 - CSV_COLUMNS ",
                        "6 4 created 1",
                        "7 - MALFORMED_CSV ",
                        "8 6 PRODUCT_INVALID /price",
                        "9 - MALFORMED_CSV ",
                        "10 8 created 1",
                        "summary 4 of 8, 4 rejected");
        assertThat(app.get("/v1/catalogs/i-csv/products/1").body())
                .isEqualTo(
                        "{\"id\":\"1\",\"title\":\"Lamp; large\",\"price\":1299.0,"
                                + "\"in_stock\":true,\"other\":\"x\"}");
        assertThat(app.get("/v1/catalogs/i-csv/products/2").body())
                .isEqualTo(
                        "{\"id\":\"2\",\"title\":\"two\\nlines and \\\"quotes\\\"\",\"price\":2.5,"
                                + "\"in_stock\":false}");
        assertThat(app.get("/v1/catalogs/i-csv/products/4").body()).contains("5\\\" disk");
    }

    @Test
    void csv_headerWithoutId_isRefusedAsAWhole() {
        create("i-header");
        CatalogWriteIT.assertProblem(
                app.importBytes(
                        "i-header",
                        "",
                        "text/csv",
                        "sku;title\n1;a\n".getBytes(StandardCharsets.UTF_8)),
                422,
                "CSV_HEADER_INVALID");
    }

    @Test
    void gzip_wholeAndTorn_isReadAsFarAsItGoes() throws IOException {
        create("i-gzip");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"id\":\"1\"}\n{\"id\":\"2\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = packed.toByteArray();
        assertThat(shapes(app.importBytes("i-gzip", "", NDJSON, whole)))
                .containsExactly("1 1 created 1", "2 2 created 1", "summary 2 of 2, 0 rejected");
        byte[] torn = Arrays.copyOf(whole, whole.length - 6);
        assertThat(shapes(app.importBytes("i-gzip", "", NDJSON, torn)))
                .endsWith("3 - IMPORT_BROKEN_OFF ", "summary 2 of 3, 1 rejected");
    }

    @Test
    void curlsDefaultContentType_isNotTakenForAForm() {
        create("i-curl");
        assertThat(
                        shapes(
                                app.importBytes(
                                        "i-curl",
                                        "?mode=upsert",
                                        "application/x-www-form-urlencoded",
                                        "{\"id\":\"1\"}\n".getBytes(StandardCharsets.UTF_8))))
                .startsWith("1 1 created 1");
        CatalogWriteIT.assertProblem(
                app.importBytes("i-curl", "", "image/png", "PNG".getBytes(StandardCharsets.UTF_8)),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void bodyBeyondItsLimit_announcedIs413_streamedIsAnsweredAsFarAsItWent() {
        create("i-large");
        String line = "{\"id\":\"%d\",\"title\":\"" + "y".repeat(1000) + "\"}\n";
        byte[] body =
                IntStream.range(0, 2000)
                        .mapToObj(line::formatted)
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8);
        CatalogWriteIT.assertProblem(
                app.importBytes("i-large", "", NDJSON, body), 413, "IMPORT_TOO_LARGE");
        HttpResponse<String> streamed =
                app.send(
                        app.request("/v1/catalogs/i-large/products:import")
                                .header("Content-Type", NDJSON)
                                .POST(
                                        HttpRequest.BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body))));
        List<String> shapes = shapes(streamed);
        assertThat(shapes.getFirst()).isEqualTo("1 0 created 1");
        assertThat(shapes.get(shapes.size() - 2)).contains("IMPORT_TOO_LARGE");
        int accepted = shapes.size() - 2;
        assertThat(WriterApp.json(app.get("/v1/catalogs/i-large").body()).get("products").asInt())
                .isEqualTo(accepted)
                .isBetween(1000, 1100);
    }

    @Test
    void databaseAwayInTheMiddle_everyLineIsAnsweredAndNoneLostSilently() throws Exception {
        TestDatabase own = TestPlatform.freshDatabase(ImportIT.class);
        try (WriterApp fragile =
                WriterApp.start(
                        own,
                        "index.import.chunk-lines=10",
                        "spring.datasource.hikari.connection-timeout=1000")) {
            fragile.put("/v1/catalogs/i-away", CatalogWriteIT.SCHEMA);
            String lines =
                    IntStream.range(0, 100)
                            .mapToObj("{\"id\":\"%d\"}\n"::formatted)
                            .collect(Collectors.joining());
            byte[] body = lines.getBytes(StandardCharsets.UTF_8);
            HttpResponse<String> response =
                    fragile.send(
                            fragile.request("/v1/catalogs/i-away/products:import")
                                    .header("Content-Type", NDJSON)
                                    .POST(
                                            HttpRequest.BodyPublishers.ofInputStream(
                                                    () -> new CutsDatabaseAt(own, body, 400))));
            List<JsonNode> answers = WriterApp.lines(response);
            assertThat(answers).hasSize(101);
            long created =
                    answers.stream()
                            .filter(a -> a.path("status").asString("").equals("created"))
                            .count();
            long retryable =
                    answers.stream()
                            .filter(a ->
                                    a.path("error").path("code").asString("").equals("UNAVAILABLE"))
                            .count();
            assertThat(created).isPositive();
            assertThat(retryable).isPositive();
            assertThat(created + retryable).isEqualTo(100);
            CatalogWriteIT.assertProblem(
                    fragile.put("/v1/catalogs/i-away/products/x", "{}"), 503, "UNAVAILABLE");
            connections(own, true);
            // Sending the same again completes it.
            WriterApp.await(
                    "the database is back",
                    pause -> fragile.get("/v1/catalogs/i-away").statusCode() == 200);
            HttpResponse<String> again = fragile.importBytes("i-away", "", NDJSON, body);
            assertThat(shapes(again)).endsWith("summary 100 of 100, 0 rejected");
        }
    }

    @Test
    void everyCommittedProduct_reachesTheTopicOnce() {
        create("i-topic");
        String lines =
                IntStream.range(0, 1000)
                        .mapToObj("{\"id\":\"p%d\",\"title\":\"t\"}\n"::formatted)
                        .collect(Collectors.joining());
        assertThat(shapes(upsert("i-topic", lines))).endsWith("summary 1000 of 1000, 0 rejected");
        List<String> keys =
                WriterApp.records(Topics.PRODUCTS, "default/i-topic/", seen -> seen.size() >= 1000)
                        .stream()
                        .map(record -> record.key())
                        .toList();
        assertThat(keys).hasSize(1000).doesNotHaveDuplicates();
        WriterApp.await(
                "the outbox is empty",
                pause ->
                        WriterApp.json(app.get("/v1/catalogs/i-topic").body())
                                        .get("outboxPending")
                                        .asInt()
                                == 0);
    }

    /** Lets no connection in any more and cuts those that are, or lets them in again. */
    public static void connections(TestDatabase database, boolean allowed) {
        String admin = database.jdbcUrl().replace("/" + database.name(), "/postgres");
        try (Connection connection =
                        DriverManager.getConnection(admin, database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER DATABASE \"" + database.name() + "\" ALLOW_CONNECTIONS " + allowed);
            if (!allowed) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                                + database.name()
                                + "'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A body during which the database goes away. */
    private static final class CutsDatabaseAt extends InputStream {

        private final TestDatabase database;
        private final byte[] body;
        private final int at;
        private int position;

        CutsDatabaseAt(TestDatabase database, byte[] body, int at) {
            this.database = database;
            this.body = body;
            this.at = at;
        }

        @Override
        public int read() {
            if (position == at) {
                // What was sent before is committed by now or soon; both are allowed.
                WriterApp.await("some lines are committed", pause -> committed() > 0);
                connections(database, false);
            }
            return position < body.length ? body[position++] : -1;
        }

        /** Small reads, so that the first lines leave before the cut. */
        @Override
        public int read(byte[] bytes, int from, int length) {
            int first = read();
            if (first < 0) {
                return -1;
            }
            bytes[from] = (byte) first;
            int count = 1;
            while (count < Math.min(length, 100) && position < body.length && position != at) {
                bytes[from + count++] = body[position++];
            }
            return count;
        }

        private int committed() {
            try (Connection connection =
                            DriverManager.getConnection(
                                    database.jdbcUrl(), database.user(), database.password());
                    Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM index.product")) {
                return rows.next() ? rows.getInt(1) : 0;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void create(String catalog) {
        assertThat(app.put("/v1/catalogs/" + catalog, CatalogWriteIT.SCHEMA).statusCode())
                .isEqualTo(201);
    }

    private static HttpResponse<String> upsert(String catalog, String body) {
        return importLines(catalog, "?mode=upsert", body);
    }

    private static HttpResponse<String> importLines(String catalog, String query, String body) {
        return app.importBytes(catalog, query, NDJSON, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The answers in short: line, id, then status and version, or code and pointer. */
    private static List<String> shapes(HttpResponse<String> response) {
        return WriterApp.lines(response).stream().map(ImportIT::shape).toList();
    }

    private static String shape(JsonNode line) {
        JsonNode summary = line.get("summary");
        if (summary != null) {
            return "summary %d of %d, %d rejected"
                    .formatted(
                            summary.get("accepted").asInt(),
                            summary.get("lines").asInt(),
                            summary.get("rejected").asInt());
        }
        String start = line.get("line").asInt() + " " + line.path("id").asString("-") + " ";
        JsonNode error = line.get("error");
        return error == null
                ? start + line.get("status").asString() + " " + line.get("version").asInt()
                : start + error.get("code").asString() + " " + error.get("pointer").asString();
    }
}
