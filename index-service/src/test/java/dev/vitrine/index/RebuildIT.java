package dev.vitrine.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.index.ProductLookup;
import dev.vitrine.contracts.index.ProductLookupResult;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedded.EmbeddedKafka;
import dev.vitrine.embedded.EmbeddedKafkaSettings;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.index.store.EmbeddingStore;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A shard without a usable snapshot, while products are written and deleted. */
class RebuildIT {

    private static final CatalogRef REF = new CatalogRef("default", "r-shop");
    private static final String CATALOG = "/v1/catalogs/r-shop";
    private static final String INTERNAL = "/internal/v1/catalogs/r-shop";
    private static final int PRODUCTS = 4_000;
    private static final int VECTORS = 300;
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    @TempDir private Path folder;

    /** Last version of every product, negative when that is its deletion. */
    private final Map<String, Long> truth = new ConcurrentHashMap<>();

    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicInteger writes = new AtomicInteger();

    @Test
    void damagedSnapshot_whileWritesGoOn_isRebuiltFromPostgresqlInItsLastState() throws Exception {
        try (WriterApp writer = WriterApp.start(TestPlatform.freshDatabase(getClass()))) {
            fill(writer);
            int port = freePort();
            String[] settings = {
                "index.roles=shard",
                "index.shard.directory=" + folder,
                "index.shard.rebuild.writer=" + writer.uri("/"),
                "server.port=" + port
            };
            // Missing: it has everything that there is.
            try (WriterApp shard =
                    WriterApp.start(TestPlatform.freshDatabase(getClass()), settings)) {
                assertThat(rebuilt(shard))
                        .isEqualTo(truth.values().stream().filter(v -> v > 0).count());
                assertShows(shard);
            }
            damage();

            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> work = new ArrayList<>();
                work.add(threads.submit(() -> write(writer, 0)));
                work.add(threads.submit(() -> write(writer, 1)));
                AtomicInteger looks = new AtomicInteger();
                work.add(threads.submit(() -> neverShowsTheGone(port, looks)));
                WriterApp.await("writes go on", pause -> writes.get() > 100);
                try (WriterApp shard =
                        WriterApp.start(TestPlatform.freshDatabase(getClass()), settings)) {
                    int atReady = writes.get();
                    WriterApp.await("writes went on", pause -> writes.get() > atReady + 100);
                    writing.set(false);
                    for (Future<?> each : work) {
                        each.get();
                    }
                    assertThat(looks.get()).isPositive();
                    assertThat(rebuilt(shard)).isGreaterThan(PRODUCTS / 2);
                    assertShows(shard);
                } finally {
                    writing.set(false);
                }
            }
        }
    }

    /** Missed for so long that nothing on the topic tells of the deletion any more. */
    @Test
    void snapshotOlderThanTheTopicRemembers_isRebuilt_andTheDeletedStayDeleted() throws Exception {
        try (EmbeddedKafka broker =
                        EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
                WriterApp writer =
                        WriterApp.start(
                                TestPlatform.freshDatabase(getClass()),
                                "spring.kafka.bootstrap-servers=" + broker.bootstrapServers())) {
            writer.put("/v1/catalogs/r-old", CatalogWriteIT.SCHEMA);
            for (int i = 1; i <= 3; i++) {
                writer.put("/v1/catalogs/r-old/products/" + i, "{\"title\":\"Lamp\"}");
            }
            awaitSent(writer);
            String[] settings = {
                "index.roles=shard",
                "spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "index.shard.directory=" + folder.resolve("index"),
                "index.shard.rebuild.writer=" + writer.uri("/")
            };
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(13));
            startAndExpect(Clock.systemUTC(), settings, 3, 3);
            // Nothing was missed, however long ago that is.
            startAndExpect(later, settings, 0, 3);

            writer.put("/v1/catalogs/r-old/products/3", "{\"title\":\"Lantern\"}");
            awaitSent(writer);
            // What was missed is young.
            startAndExpect(Clock.systemUTC(), settings, 0, 3);

            writer.delete("/v1/catalogs/r-old/products/2");
            awaitSent(writer);
            forget(broker.bootstrapServers());
            startAndExpect(later, settings, 2, 2);
            startAndExpect(later, settings, 0, 2);
        }
    }

    private static void awaitSent(WriterApp writer) {
        WriterApp.await(
                "all is sent",
                pause ->
                        WriterApp.json(writer.get("/v1/catalogs/r-old").body())
                                        .path("outboxPending")
                                        .asInt()
                                == 0);
    }

    private void startAndExpect(Clock clock, String[] settings, int rebuilt, int searchable) {
        try (WriterApp shard =
                WriterApp.start(TestPlatform.freshDatabase(getClass()), clock, settings)) {
            assertThat(rebuilt(shard)).isEqualTo(rebuilt);
            assertThat(
                            WriterApp.json(shard.get("/internal/v1/catalogs/r-old/status").body())
                                    .path("searchable")
                                    .asInt())
                    .isEqualTo(searchable);
        }
    }

    /** Takes everything off the products topic, as its cleaner does with old deletions. */
    private static void forget(String bootstrapServers) throws Exception {
        try (Admin admin =
                Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.TOPIC, Topics.PRODUCTS),
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry("cleanup.policy", "delete"),
                                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            Map<TopicPartition, RecordsToDelete> all =
                    IntStream.range(0, Topics.STATE_PARTITIONS)
                            .boxed()
                            .collect(
                                    Collectors.toMap(
                                            p -> new TopicPartition(Topics.PRODUCTS, p),
                                            p -> RecordsToDelete.beforeOffset(-1)));
            WriterApp.await("the policy holds", pause -> deleted(admin, all));
        }
    }

    /** False while the partitions do not know of their new policy: it is acknowledged before. */
    private static boolean deleted(Admin admin, Map<TopicPartition, RecordsToDelete> records) {
        try {
            admin.deleteRecords(records).all().toCompletionStage().toCompletableFuture().join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof PolicyViolationException) {
                return false;
            }
            throw e;
        }
    }

    @Test
    void writerAway_topicsAreReadFromTheirBeginning() throws Exception {
        try (WriterApp writer = WriterApp.start(TestPlatform.freshDatabase(getClass()))) {
            writer.put("/v1/catalogs/r-away", CatalogWriteIT.SCHEMA);
            writer.put("/v1/catalogs/r-away/products/1", "{\"title\":\"Lamp\"}");
            WriterApp.await(
                    "it is sent",
                    pause ->
                            WriterApp.json(writer.get("/v1/catalogs/r-away").body())
                                            .path("outboxPending")
                                            .asInt()
                                    == 0);
        }
        try (WriterApp shard =
                WriterApp.start(
                        TestPlatform.freshDatabase(getClass()),
                        "index.roles=shard",
                        "index.shard.directory=" + folder,
                        "index.shard.rebuild.writer=http://127.0.0.1:" + freePort(),
                        "index.shard.rebuild.patience=1s")) {
            JsonNode status =
                    WriterApp.json(shard.get("/internal/v1/catalogs/r-away/status").body());
            assertThat(status.path("searchable").asInt()).isEqualTo(1);
            assertThat(rebuilt(shard)).isZero();
        }
    }

    @Test
    void scan_ofNonsense_isRefused() {
        try (WriterApp writer = WriterApp.start(TestPlatform.freshDatabase(getClass()))) {
            CatalogWriteIT.assertProblem(
                    writer.get("/internal/v1/state?first=5&last=4"), 400, "INVALID_PARAMETER");
            CatalogWriteIT.assertProblem(
                    writer.get("/internal/v1/state?last=64"), 400, "INVALID_PARAMETER");
            CatalogWriteIT.assertProblem(
                    writer.get("/internal/v1/state?deletions=-1"), 400, "INVALID_PARAMETER");
        }
    }

    /** Every tenth is deleted for good before the shard starts. */
    private static boolean gone(int i) {
        return i % 10 == 9;
    }

    private void fill(WriterApp writer) throws Exception {
        assertThat(writer.put(CATALOG, CatalogWriteIT.SCHEMA).statusCode()).isEqualTo(201);
        lines(writer, "", IntStream.range(0, PRODUCTS));
        lines(writer, "?mode=delete", IntStream.range(0, PRODUCTS).filter(RebuildIT::gone));
        try (EventPublisher events =
                new EventPublisher(
                        "/test",
                        KafkaConnection.to(TestPlatform.kafkaBootstrapServers()),
                        Duration.ofSeconds(20),
                        Clock.systemUTC())) {
            for (int i = 0; i < VECTORS; i++) {
                vector(events, i);
            }
            events.flush();
        }
        EmbeddingStore store = writer.bean(EmbeddingStore.class);
        WriterApp.await("vectors are kept", pause -> store.count(REF) == VECTORS);
    }

    private void lines(WriterApp writer, String query, IntStream numbers) {
        String body =
                numbers.mapToObj(i ->
                                "{\"id\":\"%d\",\"title\":\"Lamp %d\",\"price\":%d}%n"
                                        .formatted(i, i, i))
                        .collect(Collectors.joining());
        for (JsonNode line :
                WriterApp.lines(
                        writer.importBytes(
                                "r-shop", query, "application/x-ndjson", body.getBytes(UTF_8)))) {
            if (line.has("id")) {
                note(line.path("id").asString(), line.path("version").asLong(), !query.isEmpty());
            }
        }
    }

    private void note(String id, long version, boolean deleted) {
        truth.put(id, deleted ? -version : version);
    }

    /** Vectors of products 10 * i, which are changed and never deleted. */
    private static void vector(EventPublisher events, int i) throws Exception {
        ProductKey key = new ProductKey(REF, Integer.toString(10 * i));
        String text = "Lamp " + 10 * i;
        String hash =
                HexFormat.of()
                        .formatHex(
                                Arrays.copyOf(
                                        MessageDigest.getInstance("SHA-256")
                                                .digest(text.getBytes(UTF_8)),
                                        16));
        var sent =
                events.publish(
                        Topics.EMBEDDINGS,
                        ProductPartitions.of(key),
                        key.key(),
                        EventHeaders.TYPE_PRODUCT_EMBEDDED,
                        EventHeaders.FLOAT32,
                        VectorBytes.encode(new float[] {i, 1}),
                        Map.of(
                                EventHeaders.MODEL,
                                "m",
                                EventHeaders.DIMENSIONS,
                                "2",
                                EventHeaders.TEXT_HASH,
                                hash,
                                EventHeaders.PRODUCT_VERSION,
                                "1"));
        if (i == VECTORS - 1) {
            sent.join();
        }
    }

    /** Changes, deletes and brings back products of its own. */
    private void write(WriterApp writer, int own) {
        Random random = new Random(own);
        while (writing.get()) {
            int i = random.nextInt(PRODUCTS / 2) * 2 + own;
            if (gone(i)) {
                continue;
            }
            String path = CATALOG + "/products/" + i;
            boolean there = truth.getOrDefault(Integer.toString(i), -1L) > 0;
            boolean delete = there && i % 10 != 0 && random.nextInt(3) == 0;
            HttpResponse<String> response =
                    delete
                            ? writer.delete(path)
                            : there
                                    ? writer.patch(path, "{\"price\":" + random.nextInt() + "}")
                                    : writer.put(path, "{\"title\":\"Lamp " + i + "\"}");
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
            note(
                    Integer.toString(i),
                    Long.parseLong(
                            response.headers().firstValue("ETag").orElseThrow().replace("\"", "")),
                    delete);
            writes.incrementAndGet();
        }
    }

    /** From the first moment that the shard answers, ready or not. */
    private void neverShowsTheGone(int port, AtomicInteger looks) {
        List<String> gone =
                IntStream.range(0, PRODUCTS)
                        .filter(RebuildIT::gone)
                        .limit(250)
                        .mapToObj(Integer::toString)
                        .toList();
        byte[] ask = WireJson.write(new ProductLookup(gone, List.of("price")));
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (writing.get()) {
                HttpResponse<byte[]> response;
                try {
                    response =
                            http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:"
                                                                    + port
                                                                    + INTERNAL
                                                                    + "/products:lookup"))
                                            .header("Content-Type", "application/json")
                                            .POST(HttpRequest.BodyPublishers.ofByteArray(ask))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofByteArray());
                } catch (IOException e) {
                    // Not listening yet.
                    LockSupport.parkNanos(LOOK_EVERY.toNanos());
                    continue;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                if (response.statusCode() == 200) {
                    assertThat(WireJson.read(response.body(), ProductLookupResult.class).products())
                            .isEmpty();
                    looks.incrementAndGet();
                }
            }
        }
    }

    private void assertShows(WriterApp shard) {
        WriterApp.await(
                "everything is applied",
                pause ->
                        WriterApp.json(shard.get(INTERNAL + "/status").body())
                                        .path("behind")
                                        .asLong()
                                == 0);
        Map<String, Long> expected = new TreeMap<>();
        truth.forEach((id, version) -> {
            if (version > 0) {
                expected.put(id, version);
            }
        });
        Map<String, Long> shown = new TreeMap<>();
        for (int from = 0; from < PRODUCTS; from += 250) {
            List<String> ids =
                    IntStream.range(from, from + 250).mapToObj(Integer::toString).toList();
            HttpResponse<String> found =
                    shard.send(
                            shard.request(INTERNAL + "/products:lookup")
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofByteArray(
                                                    WireJson.write(
                                                            new ProductLookup(
                                                                    ids, List.of("price"))))));
            WireJson.read(found.body().getBytes(UTF_8), ProductLookupResult.class)
                    .products()
                    .forEach(product -> shown.put(product.id(), product.version()));
        }
        JsonNode status = WriterApp.json(shard.get(INTERNAL + "/status").body());
        assertThat(shown).isEqualTo(expected);
        assertThat(status.path("searchable").asInt()).isEqualTo(expected.size());
        assertThat(status.path("withVector").asInt()).isEqualTo(VECTORS);
    }

    private static long rebuilt(WriterApp shard) {
        return WriterApp.json(shard.get("/actuator/metrics/index.shard.rebuilt").body())
                .path("measurements")
                .path(0)
                .path("value")
                .asLong();
    }

    /** One byte of the largest file of the snapshot. */
    private void damage() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files =
                    all.filter(file -> file.getFileName().toString().equals("catalog-0.bin"))
                            .toList();
        }
        assertThat(files).isNotEmpty();
        byte[] bytes = Files.readAllBytes(files.getFirst());
        bytes[bytes.length / 2] ^= 1;
        Files.write(files.getFirst(), bytes);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
