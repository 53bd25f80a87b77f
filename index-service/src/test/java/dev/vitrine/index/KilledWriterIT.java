package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of long work when its process is killed: a real process, really killed, in the
 * middle of a background replace, a replace whose client still sends, and a sweep.
 */
class KilledWriterIT {

    private static final int PRODUCTS = 3_000;
    private static final int GONE = 500;

    private static String replace;
    private static String sweep;
    private static WriterApp next;

    /** One death for all three, because each start of a process costs many seconds. */
    @BeforeAll
    static void kill(@TempDir Path folder) {
        TestDatabase database = TestPlatform.freshDatabase(KilledWriterIT.class);
        try (WriterProcess dies =
                        WriterProcess.start(
                                database,
                                folder.resolve("writer.log"),
                                // What the dead one leaves behind, so that the next need not wait.
                                "index.task.lease=3s",
                                "index.import.chunk-lines=5",
                                "index.catalog.sweep-batch=1");
                Feed attended = openReplace(dies)) {
            attended.send(lines(PRODUCTS - 1, 2));
            WriterApp.await(
                    "the replace is at work",
                    pause ->
                            dies.get("/v1/tasks?state=running&catalog=k-attended")
                                    .body()
                                    .contains("replace"));
            sweep = beginSweep(dies);
            dies.put("/v1/catalogs/k-replace", CatalogWriteIT.SCHEMA);
            dies.importLines("k-replace", "", lines(0, 1));
            WriterApp.await(
                    "some products followed", pause -> json(dies, sweep).get("done").asLong() > 5);
            replace =
                    dies.importLines("k-replace", "?mode=replace&async=true", lines(GONE, 2))
                            .headers()
                            .firstValue("Location")
                            .orElseThrow();
            WriterApp.await(
                    "some lines are committed",
                    pause -> json(dies, replace).get("done").asLong() > 50);
            assertThat(json(dies, replace).get("done").asLong()).isLessThan(PRODUCTS - GONE);
            assertThat(json(dies, sweep).get("done").asLong()).isLessThan(PRODUCTS);
            dies.kill();
        }
        next = WriterApp.start(database, "index.task.lease=1s");
    }

    private static Feed openReplace(WriterProcess dies) {
        dies.put("/v1/catalogs/k-attended", CatalogWriteIT.SCHEMA);
        dies.importLines("k-attended", "", lines(PRODUCTS - 10, 1));
        return new Feed(
                dies.request("/v1/catalogs/k-attended/products:import?mode=replace")
                        .header("Content-Type", "application/x-ndjson"));
    }

    private static String beginSweep(WriterProcess dies) {
        dies.put("/v1/catalogs/k-sweep", CatalogWriteIT.SCHEMA);
        dies.importLines("k-sweep", "", lines(0, 1));
        JsonNode changed =
                WriterApp.json(
                        dies.put(
                                        "/v1/catalogs/k-sweep",
                                        CatalogWriteIT.SCHEMA.replace("{brand} {title}", "{title}"))
                                .body());
        assertThat(changed.at("/task/kind").asString()).isEqualTo("reindex");
        assertThat(changed.at("/task/total").asInt()).isEqualTo(PRODUCTS);
        return "/v1/tasks/" + changed.at("/task/id").asString();
    }

    @AfterAll
    static void stop() {
        next.close();
    }

    @Test
    void killedInTheMiddleOfAReplace_isTakenUpBehindTheLastCommit_everyLineOnce() {
        JsonNode done = awaitEnd(next, replace);
        assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("succeeded");
        assertThat(done.at("/report/lines").asInt()).isEqualTo(PRODUCTS - GONE);
        assertThat(done.at("/report/accepted").asInt()).isEqualTo(PRODUCTS - GONE);
        assertThat(done.at("/report/deleted").asInt()).isEqualTo(GONE);
        assertThat(products(next, "k-replace")).isEqualTo(PRODUCTS - GONE);
        // A line that took effect twice would have given one more version.
        for (int id = GONE; id < PRODUCTS; id += 97) {
            assertThat(
                            next.get("/v1/catalogs/k-replace/products/" + id)
                                    .headers()
                                    .firstValue("ETag"))
                    .hasValue("\"2\"");
        }
    }

    @Test
    void killedWhileAClientSendsItsReplace_failsWithItsReason_deletesNothing() {
        WriterApp.await(
                "the task has failed",
                pause ->
                        next.get("/v1/tasks?state=failed&catalog=k-attended")
                                .body()
                                .contains("PROCESS_DIED"));
        assertThat(products(next, "k-attended")).isEqualTo(10);
        assertThat(
                        next.importBytes(
                                        "k-attended",
                                        "?mode=replace",
                                        "application/x-ndjson",
                                        lines(PRODUCTS - 1, 2).getBytes(StandardCharsets.UTF_8))
                                .body())
                .contains("\"deleted\":9");
    }

    @Test
    void killedInTheMiddleOfASweep_theNextProcessFinishesItsTask() {
        JsonNode done = awaitEnd(next, sweep);
        assertThat(done.get("state").asString()).isEqualTo("succeeded");
        assertThat(done.get("done").asInt()).isEqualTo(PRODUCTS);
        assertThat(
                        next.get("/v1/catalogs/k-sweep/products/" + (PRODUCTS - 1))
                                .headers()
                                .firstValue("ETag"))
                .hasValue("\"2\"");
        assertThat(WriterApp.json(next.get("/v1/catalogs/k-sweep").body()).has("task")).isFalse();

        String deletion =
                next.delete("/v1/catalogs/k-sweep").headers().firstValue("Location").orElseThrow();
        JsonNode gone = awaitEnd(next, deletion);
        assertThat(gone.get("kind").asString()).isEqualTo("catalog-delete");
        assertThat(gone.get("state").asString()).isEqualTo("succeeded");
        assertThat(gone.get("done").asInt()).isEqualTo(PRODUCTS);
    }

    private static String lines(int from, int price) {
        return IntStream.range(from, PRODUCTS)
                .mapToObj(id -> "{\"id\":\"%d\",\"price\":%d}\n".formatted(id, price))
                .collect(Collectors.joining());
    }

    private static long products(WriterApp app, String catalog) {
        return WriterApp.json(app.get("/v1/catalogs/" + catalog).body()).get("products").asLong();
    }

    private static JsonNode json(WriterProcess process, String path) {
        return WriterApp.json(process.get(path).body());
    }

    private static JsonNode awaitEnd(WriterApp app, String location) {
        WriterApp.await(
                location, pause -> WriterApp.json(app.get(location).body()).has("finishedAt"));
        return WriterApp.json(app.get(location).body());
    }
}
