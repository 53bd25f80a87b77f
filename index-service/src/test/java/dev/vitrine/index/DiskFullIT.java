package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.index.MinimumMatch;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.TextQuery;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.index.column.RandomShop;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.TopicProvisioner;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes nothing any more, as a limit on the size of files ({@code RLIMIT_FSIZE}) makes
 * one without root: writing beyond it fails with an error of the system, in the middle of a file.
 */
class DiskFullIT {

    private static final CatalogRef REF = new CatalogRef("default", "disk-full");
    private static final int BEFORE = 50;
    private static final int AFTER = 400;

    @Test
    void fullDisk_searchesGoOnAndNothingIsLostWhenThereIsSpaceAgain(@TempDir Path folder)
            throws Exception {
        new TopicProvisioner(KafkaConnection.to(TestPlatform.kafkaBootstrapServers()), (short) 1)
                .ensure(Topics.all());
        try (EventPublisher events =
                new EventPublisher(
                        "/test",
                        KafkaConnection.to(TestPlatform.kafkaBootstrapServers()),
                        Duration.ofSeconds(20),
                        Clock.systemUTC())) {
            schema(events);
            products(events, 0, BEFORE, 1);
            Path manifest = folder.resolve("index").resolve("manifest.json");
            String before;
            try (ShardProcess shard =
                    ShardProcess.start(
                            folder,
                            "--index.shard.snapshot-every=1s",
                            "--index.shard.text-buffer-megabytes=1")) {
                WriterApp.await("all before", pause -> found(shard, "cable") == BEFORE);
                WriterApp.await("a snapshot", pause -> Files.exists(manifest));
                before = Files.readString(manifest);

                shard.limitFiles("2048");
                products(events, BEFORE, AFTER, 1);
                products(events, 0, 10, 2);
                WriterApp.await("the failure is counted", pause -> failures(shard) > 0);
                assertThat(shard.get("/actuator/health").body())
                        .contains("\"snapshot\":\"java.io.");
                assertThat(found(shard, "cable")).isGreaterThanOrEqualTo(BEFORE);
                assertThat(Files.readString(manifest)).isEqualTo(before);

                shard.limitFiles("unlimited");
                WriterApp.await("all is found", pause -> found(shard, "cable") == AFTER);
                WriterApp.await("texts of version 2", pause -> found(shard, "renewed") == 10);
                WriterApp.await("the next snapshot", pause -> !read(manifest).equals(before));
                WriterApp.await(
                        "health is good again",
                        pause -> body(shard, "/actuator/health").contains("\"snapshot\":\"good\""));
            }
            // What was written after the failure can be read.
            try (ShardProcess again = ShardProcess.start(folder)) {
                assertThat(found(again, "cable")).isEqualTo(AFTER);
                assertThat(found(again, "renewed")).isEqualTo(10);
            }
        }
    }

    private static void schema(EventPublisher events) {
        events.publish(
                        Topics.SCHEMAS,
                        0,
                        REF.key(),
                        EventHeaders.TYPE_CATALOG_CHANGED,
                        EventHeaders.JSON,
                        WireJson.write(
                                new CatalogChanged(
                                        REF.tenant(), REF.catalog(), 1, false, RandomShop.SCHEMA)),
                        Map.of())
                .join();
    }

    private static void products(EventPublisher events, int from, int to, long version) {
        for (int i = from; i < to; i++) {
            String id = "p" + i;
            String title = "cable number " + i + (version > 1 ? " renewed" : "");
            ProductChanged product =
                    new ProductChanged(
                            REF.tenant(),
                            REF.catalog(),
                            id,
                            version,
                            1,
                            Map.of("title", title, "price", i),
                            "",
                            "",
                            title);
            ProductKey key = new ProductKey(REF, id);
            events.publish(
                            Topics.PRODUCTS,
                            ProductPartitions.of(key),
                            key.key(),
                            EventHeaders.TYPE_PRODUCT_CHANGED,
                            EventHeaders.JSON,
                            WireJson.write(product),
                            Map.of())
                    .join();
        }
    }

    private static int found(ShardProcess shard, String word) {
        SearchPlan plan = CountingPlan.of(new TextQuery(word, new MinimumMatch(2, 0.75)));
        try {
            byte[] body =
                    shard.post(
                                    "/internal/v1/catalogs/" + REF.catalog() + "/execute",
                                    WireJson.write(plan))
                            .body()
                            .getBytes(StandardCharsets.UTF_8);
            return WireJson.read(body, PlanResult.class).total();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double failures(ShardProcess shard) {
        String line =
                body(shard, "/actuator/prometheus")
                        .lines()
                        .filter(text -> text.startsWith("index_shard_snapshot_failures_total"))
                        .findFirst()
                        .orElse("none 0");
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static String body(ShardProcess shard, String path) {
        try {
            return shard.get(path).body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
