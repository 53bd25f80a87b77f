package dev.vitrine.standalone.shop;

import static dev.vitrine.standalone.shop.Shop.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.standalone.RunningVitrine;
import dev.vitrine.standalone.runtime.Part;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** kill -9 of the index in the middle of an import, with every part a process of its own. */
final class KillIndexIT {

    private static final int PRODUCTS = 3_000;
    private static final int BATCH = 200;
    private static final String CATALOG = "killed";
    private static final long SEED = 20_261_121;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void afterTheRestart_everyCommittedProductIsThereOnceAndNoOther(@TempDir Path folder)
            throws Exception {
        try (RunningVitrine vitrine = RunningVitrine.inProcesses(folder);
                Shop shop = new Shop(vitrine.gateway())) {
            assertThat(
                            shop.put(
                                            "/v1/catalogs/" + CATALOG,
                                            """
                                            {"fields": [
                                              {"name": "title", "type": "text", "weight": 1, "role": "title"},
                                              {"name": "price", "type": "number", "filterable": true}]}
                                            """)
                                    .status())
                    .isEqualTo(201);
            ProcessHandle index = vitrine.process(Part.INDEX);
            Set<String> acknowledged = importUntilKilled(index, shop);
            assertThat(index.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).isAlive())
                    .isFalse();
            ElectronicsShop.awaitVectors(shop, CATALOG);

            Set<String> searchable = new HashSet<>();
            for (JsonNode hit : shop.searchAll(CATALOG, query(""))) {
                assertThat(searchable.add(hit.get("id").asString()))
                        .as("%s is there once", hit.get("id"))
                        .isTrue();
            }
            assertThat(searchable).containsAll(acknowledged);
            for (int i = 0; i < PRODUCTS; i++) {
                Shop.Answer truth = shop.get("/v1/catalogs/" + CATALOG + "/products/p" + i);
                assertThat(truth.status()).isEqualTo(searchable.contains("p" + i) ? 200 : 404);
            }

            // Repeating the import harms nothing and completes it, in every leg.
            for (int from = 0; from < PRODUCTS; from += BATCH) {
                shop.importLines(CATALOG, "upsert", lines(from));
            }
            ElectronicsShop.awaitVectors(shop, CATALOG);
            assertThat(shop.searchAll(CATALOG, query(""))).hasSize(PRODUCTS);
            JsonNode text = shop.search(CATALOG, query("number17").put("mode", "lexical"));
            assertThat(text.get("total").asInt()).isEqualTo(1);
            assertThat(
                            shop.search(CATALOG, query("").put("filter", "price >= 0"))
                                    .get("total")
                                    .asInt())
                    .isEqualTo(PRODUCTS);
        }
    }

    /**
     * Kills the index while a batch is under way; returns the ids that were answered as committed.
     */
    private static Set<String> importUntilKilled(ProcessHandle index, Shop shop) {
        Set<String> acknowledged = new HashSet<>();
        int killAt = BATCH * (3 + new Random(SEED).nextInt(8));
        Thread killer = null;
        for (int from = 0; from < PRODUCTS; from += BATCH) {
            if (from == killAt) {
                killer = Thread.ofVirtual().start(index::destroyForcibly);
            }
            try {
                for (JsonNode line : shop.importLines(CATALOG, "upsert", lines(from))) {
                    if (line.path("status").asString("").matches("created|updated|unchanged")) {
                        acknowledged.add(line.get("id").asString());
                    }
                }
            } catch (UncheckedIOException | IllegalStateException brokenOff) {
                assertThat(killer)
                        .as("only the kill may break an import: %s", brokenOff)
                        .isNotNull();
                break;
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(killAt);
        return acknowledged;
    }

    private static String lines(int from) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < from + BATCH; i++) {
            lines.add(
                    "{\"id\": \"p%d\", \"title\": \"Product number%d of a test\", \"price\": %d}"
                            .formatted(i, i, i));
        }
        return String.join("\n", lines) + "\n";
    }
}
