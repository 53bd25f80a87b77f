package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestPlatform;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The demo catalogue, as a whole, by HTTP; prints its times for RATIONALE.md. */
class DemoCatalogImportIT {

    private static final Path DEMO =
            Path.of("..", "standalone", "src", "main", "resources", "demo", "electronics");
    private static final int PRODUCTS = 19_406;

    @Test
    void demoCatalog_everyProductIsCommittedAndPublished_andAgainChangesNothing()
            throws IOException {
        try (WriterApp app = WriterApp.start(TestPlatform.freshDatabase(getClass()))) {
            assertThat(
                            app.put(
                                            "/v1/catalogs/d-electronics",
                                            Files.readString(DEMO.resolve("schema.json")))
                                    .statusCode())
                    .isEqualTo(201);
            byte[] products = Files.readAllBytes(DEMO.resolve("products.ndjson.gz"));
            long start = System.nanoTime();
            JsonNode first = load(app, products);
            WriterApp.await("all are published", pause -> pending(app) == 0);
            double published = (System.nanoTime() - start) / 1e9;
            JsonNode second = load(app, products);
            System.out.printf(
                    "[measured] %d products: committed in %.1f s, on the topic after %.1f s,"
                            + " unchanged again in %.1f s%n",
                    PRODUCTS,
                    first.get("seconds").asDouble(),
                    published,
                    second.get("seconds").asDouble());
            assertThat(
                            WriterApp.json(app.get("/v1/catalogs/d-electronics").body())
                                    .get("products")
                                    .asInt())
                    .isEqualTo(PRODUCTS);
            assertThat(pending(app)).isZero();
        }
    }

    private static JsonNode load(WriterApp app, byte[] products) {
        HttpResponse<String> response =
                app.importBytes("d-electronics", "", "application/x-ndjson", products);
        List<JsonNode> lines = WriterApp.lines(response);
        assertThat(lines).hasSize(PRODUCTS + 1);
        JsonNode summary = lines.getLast().get("summary");
        assertThat(summary.get("accepted").asInt()).isEqualTo(PRODUCTS);
        return summary;
    }

    private static int pending(WriterApp app) {
        return WriterApp.json(app.get("/v1/catalogs/d-electronics").body())
                .get("outboxPending")
                .asInt();
    }
}
