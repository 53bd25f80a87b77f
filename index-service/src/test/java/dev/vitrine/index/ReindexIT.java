package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.WireJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A schema changes while people search. */
class ReindexIT {

    private static final int PRODUCTS = 1_500;

    private static final SearchPlan BROWSE = CountingPlan.of(null);

    @TempDir private Path folder;

    @Test
    void schemaChange_everySearchMeanwhileFindsEverything_theTaskTellsHowFarItIs() {
        try (WriterApp app =
                WriterApp.start(
                        TestPlatform.freshDatabase(getClass()),
                        "index.roles=writer,shard",
                        "index.catalog.sweep-batch=10",
                        "index.shard.directory=" + folder)) {
            app.put("/v1/catalogs/x-live", CatalogWriteIT.SCHEMA);
            String lines =
                    IntStream.range(0, PRODUCTS)
                            .mapToObj(id ->
                                    "{\"id\":\"%d\",\"title\":\"Lamp %d\"}\n".formatted(id, id))
                            .collect(Collectors.joining());
            app.importBytes(
                    "x-live", "", "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
            WriterApp.await("everything is searchable", pause -> found(app) == PRODUCTS);

            JsonNode changed =
                    WriterApp.json(
                            app.put(
                                            "/v1/catalogs/x-live",
                                            CatalogWriteIT.SCHEMA
                                                    .replace(
                                                            "\"name\":\"brand\"",
                                                            "\"name\":\"maker\"")
                                                    .replace("{brand} {title}", "{title}"))
                                    .body());
            String task = "/v1/tasks/" + changed.at("/task/id").asString();
            JsonNode seen = changed.get("task");
            int searches = 0;
            while (!seen.has("finishedAt")) {
                assertThat(found(app)).as("during the sweep").isEqualTo(PRODUCTS);
                searches++;
                JsonNode catalog = WriterApp.json(app.get("/v1/catalogs/x-live").body());
                if (catalog.has("task")) {
                    assertThat(catalog.at("/task/id")).isEqualTo(seen.get("id"));
                }
                JsonNode now = WriterApp.json(app.get(task).body());
                assertThat(now.get("done").asInt())
                        .isGreaterThanOrEqualTo(seen.get("done").asInt());
                seen = now;
            }
            assertThat(searches).isPositive();
            assertThat(seen.get("state").asString()).isEqualTo("succeeded");
            assertThat(seen.get("done").asInt()).isEqualTo(PRODUCTS);
            assertThat(seen.get("total").asInt()).isEqualTo(PRODUCTS);
            // The shard takes the last of them in after the writer is done; nothing is missing
            // then.
            WriterApp.await(
                    "the last product has followed",
                    pause -> {
                        assertThat(found(app)).isEqualTo(PRODUCTS);
                        return app.get(
                                        "/internal/v1/catalogs/x-live/applied?id="
                                                + 999
                                                + "&version=2&timeoutMs=1000")
                                .body()
                                .contains("true");
                    });
            assertThat(found(app)).isEqualTo(PRODUCTS);
        }
    }

    private static long found(WriterApp app) {
        HttpResponse<String> answer =
                app.send(
                        app.request("/internal/v1/catalogs/x-live/execute")
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofByteArray(
                                                WireJson.write(BROWSE))));
        if (answer.statusCode() != 200) {
            return -1;
        }
        return WireJson.read(answer.body().getBytes(StandardCharsets.UTF_8), PlanResult.class)
                .total();
    }
}
