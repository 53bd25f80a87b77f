package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestPlatform;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Imports that replace a whole catalogue, and imports in the background. */
class ReplaceIT {

    private static final String NDJSON = "application/x-ndjson";
    private static final String THREE =
            "{\"id\":\"a\",\"price\":1}\n{\"id\":\"b\",\"price\":1}\n{\"id\":\"c\",\"price\":1}\n";

    private static WriterApp app;

    @BeforeAll
    static void start() {
        app =
                WriterApp.start(
                        TestPlatform.freshDatabase(ReplaceIT.class),
                        "index.import.chunk-lines=2",
                        "index.import.max-line-size=4KB",
                        "index.import.max-body-size=2MB",
                        "index.import.replace-max-rejected=0.5",
                        "index.import.rejections-kept=2");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void feed_upsertsItsLines_deletesTheRest_tellsItInSummaryAndTask() {
        shop("p-feed");
        List<JsonNode> lines =
                replace("p-feed", NDJSON, "{\"id\":\"b\",\"price\":2}\n{\"id\":\"d\"}\n");
        JsonNode summary = lines.getLast().get("summary");
        assertThat(summary.get("accepted").asInt()).isEqualTo(2);
        assertThat(summary.get("deleted").asInt()).isEqualTo(2);
        assertThat(summary.has("notDeleted")).isFalse();
        assertThat(present("p-feed", "a", "b", "c", "d")).containsExactly("b", "d");

        JsonNode task = task(summary.get("task").asString());
        assertThat(task.get("kind").asString()).isEqualTo("replace");
        assertThat(task.get("state").asString()).isEqualTo("succeeded");
        assertThat(task.get("done").asInt()).isEqualTo(2);
        assertThat(task.get("total").asInt()).isEqualTo(2);
        assertThat(task.at("/report/deleted").asInt()).isEqualTo(2);
        assertThat(task.get("startedAt").asString()).isNotBlank();
        assertThat(task.get("finishedAt").asString()).isNotBlank();
    }

    @Test
    void csvFeed_doesTheSame() {
        shop("p-csv");
        JsonNode summary =
                replace("p-csv", "text/csv", "id,price\nb,2\nd,3\n").getLast().get("summary");
        assertThat(summary.get("deleted").asInt()).isEqualTo(2);
        assertThat(present("p-csv", "a", "b", "c", "d")).containsExactly("b", "d");
    }

    @Test
    void refusedLine_sparesTheProductThatItNames() {
        shop("p-spare");
        JsonNode summary =
                replace(
                                "p-spare",
                                NDJSON,
                                """
                                {"id":"a","price":"a lot"}
                                {"id":"b","title":
                                {"id":"d"}
                                {"id":"e"}
                                """)
                        .getLast()
                        .get("summary");
        assertThat(summary.get("rejected").asInt()).isEqualTo(2);
        assertThat(summary.get("deleted").asInt()).isEqualTo(1);
        assertThat(present("p-spare", "a", "b", "c", "d")).containsExactly("a", "b", "d");
    }

    @Test
    void feedThatSaysTooLittle_deletesNothingAndSaysWhy() {
        shop("p-less");
        String good = "{\"id\":\"d\"}\n{\"id\":\"e\"}\n{\"id\":\"f\"}\n";
        assertNothingDeleted("p-less", NDJSON, "", "NOTHING_ACCEPTED");
        assertNothingDeleted("p-less", NDJSON, good + "{\"title\":\"x\"}\n", "LINES_WITHOUT_ID");
        assertNothingDeleted(
                "p-less",
                NDJSON,
                "{\"id\":\"d\"}\n" + "{\"id\":\"x\",\"price\":\"a lot\"}\n".repeat(2),
                "TOO_MANY_REJECTED");
        assertNothingDeleted("p-less", "text/csv", "id,price\nd,1\ne\n", "LINES_WITHOUT_ID");
        assertNothingDeleted("p-less", "text/csv", "id,price\nd,1\n\0,1\n", "LINES_WITHOUT_ID");
        String line = "{\"id\":\"d\",\"title\":\"" + "x".repeat(3_000) + "\"}\n";
        // Without a length in its head, so that it turns out too large only while it is read.
        try (Feed large = feed("p-less", "?mode=replace")) {
            assertNothingDeleted("p-less", large.send(line.repeat(800)).end(), "IMPORT_TOO_LARGE");
        }
    }

    @Test
    void bodyThatBreaksOff_deletesNothing_andTheNextReplaceMayCome() throws IOException {
        shop("p-torn");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.uri("/").getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    """
                    POST /v1/catalogs/p-torn/products:import?mode=replace HTTP/1.1\r
                    Host: x\r
                    Content-Type: application/x-ndjson\r
                    Transfer-Encoding: chunked\r
                    \r
                    b\r
                    {"id":"d"}
                    \r
                    """
                            .getBytes(StandardCharsets.UTF_8));
            out.flush();
            awaitTask("p-torn", "running", 1);
        }
        JsonNode task = awaitTask("p-torn", "failed", 1);
        assertThat(task.at("/error/code").asString()).isEqualTo("IMPORT_BROKEN_OFF");
        assertThat(task.at("/report/notDeleted/code").asString()).isEqualTo("IMPORT_BROKEN_OFF");
        assertThat(present("p-torn", "a", "b", "c", "d")).containsExactly("a", "b", "c", "d");
        assertThat(
                        replace("p-torn", NDJSON, "{\"id\":\"a\"}\n")
                                .getLast()
                                .at("/summary/deleted")
                                .asInt())
                .isEqualTo(3);
    }

    @Test
    void whatOthersDoMeanwhile_createdStays_changedGoes_secondReplaceIsRefused() {
        shop("p-meanwhile");
        try (Feed feed = feed("p-meanwhile", "?mode=replace")) {
            feed.send("{\"id\":\"a\",\"price\":9}\n{\"id\":\"x\"}\n");
            awaitTask("p-meanwhile", "running", 1);
            // Nothing is missing while the feed comes.
            assertThat(present("p-meanwhile", "a", "b", "c")).containsExactly("a", "b", "c");
            CatalogWriteIT.assertProblem(
                    app.importBytes("p-meanwhile", "?mode=replace", NDJSON, new byte[0]),
                    409,
                    "REPLACE_UNDER_WAY");
            CatalogWriteIT.assertProblem(
                    app.importBytes("p-meanwhile", "?mode=replace&async=true", NDJSON, new byte[0]),
                    409,
                    "REPLACE_UNDER_WAY");
            app.put("/v1/catalogs/p-meanwhile/products/new", "{}");
            app.put("/v1/catalogs/p-meanwhile/products/b", "{\"price\":7}");
            app.delete("/v1/catalogs/p-meanwhile/products/c");
            app.put("/v1/catalogs/p-meanwhile/products/c", "{\"price\":8}");
            JsonNode summary = feed.end().getLast().get("summary");
            assertThat(summary.get("deleted").asInt()).isEqualTo(1);
        }
        assertThat(present("p-meanwhile", "a", "b", "c", "x", "new"))
                .containsExactly("a", "c", "x", "new");
    }

    @Test
    void async_isAcceptedThenDone_refusedLinesAreInTheTask() {
        shop("p-async");
        HttpResponse<String> accepted =
                app.importBytes(
                        "p-async",
                        "?async=true",
                        NDJSON,
                        (THREE.replace(":1", ":5") + "{\"id\":\"d\",\"price\":\"x\"}\n".repeat(3))
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String location = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(location).matches("/v1/tasks/[0-9a-f]{32}");
        JsonNode task = awaitEnd(location);
        assertThat(task.get("state").asString()).as(task.toString()).isEqualTo("succeeded");
        assertThat(task.at("/report/accepted").asInt()).isEqualTo(3);
        assertThat(task.at("/report/rejected").asInt()).isEqualTo(3);
        assertThat(task.at("/report/rejections")).hasSize(2);
        assertThat(task.at("/report/rejections/0/line").asInt()).isEqualTo(4);
        assertThat(task.at("/report/rejections/0/pointer").asString()).isEqualTo("/price");
        assertThat(app.get("/v1/catalogs/p-async/products/a").body()).contains("\"price\":5");

        JsonNode odd =
                awaitEnd(
                        app.importBytes(
                                        "p-async",
                                        "?async=true",
                                        "text/plain",
                                        "hello".getBytes(StandardCharsets.UTF_8))
                                .headers()
                                .firstValue("Location")
                                .orElseThrow());
        assertThat(odd.at("/error/code").asString()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void asyncUnderAKey_sentAgain_isTheSameTask() {
        shop("p-key");
        HttpResponse<String> first = async("p-key", "k-1", THREE);
        HttpResponse<String> again = async("p-key", "k-1", THREE);
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        CatalogWriteIT.assertProblem(
                async("p-key", "k-1", THREE + THREE), 422, "IDEMPOTENCY_KEY_REUSED");
        CatalogWriteIT.assertProblem(
                app.send(
                        app.request("/v1/catalogs/p-key/products:import")
                                .header("Content-Type", NDJSON)
                                .header("Idempotency-Key", "k-2")
                                .POST(HttpRequest.BodyPublishers.ofString(THREE))),
                400,
                "INVALID_PARAMETER");
        assertThat(tasks("p-key")).hasSize(2);
    }

    @Test
    void tasks_badRequests_areRefused() {
        CatalogWriteIT.assertProblem(app.get("/v1/tasks/nobody"), 404, "TASK_NOT_FOUND");
        CatalogWriteIT.assertProblem(app.get("/v1/tasks?state=odd"), 400, "INVALID_PARAMETER");
        CatalogWriteIT.assertProblem(app.get("/v1/tasks?limit=0"), 400, "INVALID_PARAMETER");
        CatalogWriteIT.assertProblem(app.get("/v1/tasks?catalog=%00"), 400, "INVALID_PARAMETER");
        CatalogWriteIT.assertProblem(
                app.importBytes("p-none", "?async=maybe", NDJSON, new byte[0]),
                400,
                "INVALID_PARAMETER");
        shop("p-tenant");
        String id = replace("p-tenant", NDJSON, THREE).getLast().at("/summary/task").asString();
        CatalogWriteIT.assertProblem(
                app.send(app.request("/v1/tasks/" + id).header("Vitrine-Tenant", "acme")),
                404,
                "TASK_NOT_FOUND");
    }

    private static void assertNothingDeleted(
            String catalog, String type, String body, String code) {
        assertNothingDeleted(catalog, replace(catalog, type, body), code);
    }

    private static void assertNothingDeleted(String catalog, List<JsonNode> lines, String code) {
        JsonNode summary = lines.getLast().get("summary");
        assertThat(summary.at("/notDeleted/code").asString())
                .as(summary.toString())
                .isEqualTo(code);
        assertThat(summary.get("deleted").asInt()).isZero();
        assertThat(present(catalog, "a", "b", "c")).containsExactly("a", "b", "c");
        JsonNode task = task(summary.get("task").asString());
        assertThat(task.get("state").asString()).isEqualTo("failed");
        assertThat(task.at("/error/code").asString()).isEqualTo(code);
    }

    private static void shop(String catalog) {
        app.put("/v1/catalogs/" + catalog, CatalogWriteIT.SCHEMA);
        assertThat(
                        WriterApp.lines(
                                        app.importBytes(
                                                catalog,
                                                "",
                                                NDJSON,
                                                THREE.getBytes(StandardCharsets.UTF_8)))
                                .getLast()
                                .at("/summary/accepted")
                                .asInt())
                .isEqualTo(3);
    }

    private static List<JsonNode> replace(String catalog, String type, String body) {
        HttpResponse<String> answer =
                app.importBytes(
                        catalog, "?mode=replace", type, body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return WriterApp.lines(answer);
    }

    private static HttpResponse<String> async(String catalog, String key, String body) {
        return app.send(
                app.request("/v1/catalogs/" + catalog + "/products:import?async=true")
                        .header("Content-Type", NDJSON)
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static Feed feed(String catalog, String query) {
        return new Feed(
                app.request("/v1/catalogs/" + catalog + "/products:import" + query)
                        .header("Content-Type", NDJSON));
    }

    private static List<String> present(String catalog, String... ids) {
        return IntStream.range(0, ids.length)
                .mapToObj(i -> ids[i])
                .filter(id ->
                        app.get("/v1/catalogs/" + catalog + "/products/" + id).statusCode() == 200)
                .collect(Collectors.toList());
    }

    private static JsonNode task(String id) {
        return WriterApp.json(app.get("/v1/tasks/" + id).body());
    }

    private static JsonNode tasks(String catalog) {
        return WriterApp.json(app.get("/v1/tasks?catalog=" + catalog).body()).get("tasks");
    }

    /** Waits until the newest task of the catalogue is in that state and so far. */
    private static JsonNode awaitTask(String catalog, String state, long done) {
        WriterApp.await(
                catalog + " " + state,
                pause -> {
                    JsonNode newest = tasks(catalog).get(0);
                    return newest.get("kind").asString().equals("replace")
                            && newest.get("state").asString().equals(state)
                            && (state.equals("running") || newest.get("done").asLong() >= done);
                });
        return tasks(catalog).get(0);
    }

    private static JsonNode awaitEnd(String location) {
        WriterApp.await(
                location, pause -> WriterApp.json(app.get(location).body()).has("finishedAt"));
        return WriterApp.json(app.get(location).body());
    }
}
