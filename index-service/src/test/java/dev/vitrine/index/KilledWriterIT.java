package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of long work when its process is killed: a real process, really killed. */
class KilledWriterIT {

    private static final int PRODUCTS = 3_000;
    private static final int GONE = 500;

    /** What the dead one leaves behind, so that the next one need not wait long. */
    private static final String SHORT_LEASE = "index.task.lease=3s";

    @TempDir private Path folder;

    @Test
    void killedInTheMiddleOfAReplace_isTakenUpBehindTheLastCommit_everyLineOnce() {
        TestDatabase database = TestPlatform.freshDatabase(KilledWriterIT.class);
        String task;
        try (WriterProcess dies =
                WriterProcess.start(
                        database,
                        folder.resolve("replace.log"),
                        SHORT_LEASE,
                        "index.import.chunk-lines=5")) {
            dies.put("/v1/catalogs/k-replace", CatalogWriteIT.SCHEMA);
            dies.importLines("k-replace", "", lines(0, 1));
            task =
                    dies.importLines("k-replace", "?mode=replace&async=true", lines(GONE, 2))
                            .headers()
                            .firstValue("Location")
                            .orElseThrow();
            WriterApp.await(
                    "some lines are committed",
                    pause -> json(dies, task).get("done").asLong() > 50);
            dies.kill();
        }
        try (WriterApp next = WriterApp.start(database, "index.task.lease=1s")) {
            JsonNode found = WriterApp.json(next.get(task).body());
            assertThat(found.get("done").asLong()).isBetween(50L, PRODUCTS - GONE - 1L);
            JsonNode done = awaitEnd(next, task);
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
    }

    @Test
    void killedWhileAClientSendsItsReplace_failsWithItsReason_deletesNothing() {
        TestDatabase database = TestPlatform.freshDatabase(KilledWriterIT.class);
        try (WriterProcess dies =
                WriterProcess.start(database, folder.resolve("attended.log"), SHORT_LEASE)) {
            dies.put("/v1/catalogs/k-attended", CatalogWriteIT.SCHEMA);
            dies.importLines("k-attended", "", lines(PRODUCTS - 10, 1));
            try (Feed feed =
                    new Feed(
                            dies.request("/v1/catalogs/k-attended/products:import?mode=replace")
                                    .header("Content-Type", "application/x-ndjson"))) {
                feed.send(lines(PRODUCTS - 1, 2));
                WriterApp.await(
                        "the replace is at work",
                        pause ->
                                dies.get("/v1/tasks?state=running&catalog=k-attended")
                                        .body()
                                        .contains("replace"));
                dies.kill();
            }
        }
        try (WriterApp next = WriterApp.start(database, "index.task.lease=1s")) {
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
    }

    @Test
    void killedInTheMiddleOfASweep_theNextProcessFinishesItsTask() {
        TestDatabase database = TestPlatform.freshDatabase(KilledWriterIT.class);
        String running;
        try (WriterProcess dies =
                WriterProcess.start(
                        database, folder.resolve("sweep.log"), "index.catalog.sweep-batch=1")) {
            dies.put("/v1/catalogs/k-sweep", CatalogWriteIT.SCHEMA);
            dies.importLines("k-sweep", "", lines(0, 1));
            JsonNode changed =
                    WriterApp.json(
                            dies.put(
                                            "/v1/catalogs/k-sweep",
                                            CatalogWriteIT.SCHEMA.replace(
                                                    "{brand} {title}", "{title}"))
                                    .body());
            assertThat(changed.at("/task/kind").asString()).isEqualTo("reindex");
            assertThat(changed.at("/task/total").asInt()).isEqualTo(PRODUCTS);
            running = "/v1/tasks/" + changed.at("/task/id").asString();
            WriterApp.await(
                    "some products followed",
                    pause -> json(dies, running).get("done").asLong() > 5);
            dies.kill();
        }
        try (WriterApp next = WriterApp.start(database)) {
            JsonNode done = awaitEnd(next, running);
            assertThat(done.get("state").asString()).isEqualTo("succeeded");
            assertThat(done.get("done").asInt()).isEqualTo(PRODUCTS);
            assertThat(
                            next.get("/v1/catalogs/k-sweep/products/" + (PRODUCTS - 1))
                                    .headers()
                                    .firstValue("ETag"))
                    .hasValue("\"2\"");
            assertThat(WriterApp.json(next.get("/v1/catalogs/k-sweep").body()).has("task"))
                    .isFalse();

            String deletion =
                    next.delete("/v1/catalogs/k-sweep")
                            .headers()
                            .firstValue("Location")
                            .orElseThrow();
            JsonNode gone = awaitEnd(next, deletion);
            assertThat(gone.get("kind").asString()).isEqualTo("catalog-delete");
            assertThat(gone.get("state").asString()).isEqualTo("succeeded");
            assertThat(gone.get("done").asInt()).isEqualTo(PRODUCTS);
        }
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
