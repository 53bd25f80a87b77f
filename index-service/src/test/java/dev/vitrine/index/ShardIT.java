package dev.vitrine.index;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.index.AppliedResult;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.MatchKind;
import dev.vitrine.contracts.index.MinimumMatch;
import dev.vitrine.contracts.index.PlanHit;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.ProductLookup;
import dev.vitrine.contracts.index.ProductLookupResult;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.ShardStatus;
import dev.vitrine.contracts.index.TextQuery;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.index.column.RandomShop;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import dev.vitrine.servicekit.TopicProvisioner;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Real Kafka to the shard's endpoints and back, without a database. */
class ShardIT {

    private static final ScoringHead HEAD = new ScoringHead("test", 1, -2, 3, 3, 0.9, 0);

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private CatalogRef ref = new CatalogRef("default", "none");
    private EventPublisher events;
    private @Nullable ConfigurableApplicationContext app;

    ShardIT() {
        events =
                new EventPublisher(
                        "/test",
                        KafkaConnection.to(TestPlatform.kafkaBootstrapServers()),
                        Duration.ofSeconds(20),
                        Clock.systemUTC());
    }

    @BeforeEach
    void start(TestInfo test) {
        new TopicProvisioner(KafkaConnection.to(TestPlatform.kafkaBootstrapServers()), (short) 1)
                .ensure(Topics.all());
        ref =
                new CatalogRef(
                        "default", "s-" + Math.abs(test.getDisplayName().hashCode() % 100_000));
        SentSchemas.send(events, ref, 1, false, RandomShop.SCHEMA);
        startApp();
    }

    @AfterEach
    void stop() {
        stopApp();
        events.close();
    }

    private void startApp() {
        app =
                new SpringApplication(IndexApplication.class)
                        .run(
                                "--spring.config.name=index",
                                "--index.roles=shard",
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers="
                                        + TestPlatform.kafkaBootstrapServers(),
                                "--index.shard.directory=" + folder,
                                "--index.shard.schema-wait=1s");
    }

    private void stopApp() {
        if (app != null) {
            app.close();
            app = null;
        }
    }

    private void product(String id, long version, Map<String, Object> document) {
        String text = String.valueOf(document.get("title"));
        ProductChanged product =
                new ProductChanged(
                        ref.tenant(),
                        ref.catalog(),
                        id,
                        version,
                        1,
                        document,
                        text,
                        hash(text),
                        hash(text));
        send(
                Topics.PRODUCTS,
                id,
                EventHeaders.TYPE_PRODUCT_CHANGED,
                WireJson.write(product),
                Map.of());
    }

    private void delete(String id, long version) {
        send(
                Topics.PRODUCTS,
                id,
                EventHeaders.TYPE_PRODUCT_DELETED,
                null,
                Map.of(EventHeaders.PRODUCT_VERSION, Long.toString(version)));
    }

    private void vector(String id, long version, String text, float... vector) {
        send(
                Topics.EMBEDDINGS,
                id,
                EventHeaders.TYPE_PRODUCT_EMBEDDED,
                VectorBytes.encode(vector),
                Map.of(
                        EventHeaders.MODEL,
                        "m",
                        EventHeaders.DIMENSIONS,
                        Integer.toString(vector.length),
                        EventHeaders.TEXT_HASH,
                        hash(text),
                        EventHeaders.PRODUCT_VERSION,
                        Long.toString(version)));
    }

    private void send(
            String topic,
            String id,
            String type,
            byte @Nullable [] value,
            Map<String, String> headers) {
        ProductKey key = new ProductKey(ref, id);
        events.publish(
                        topic,
                        ProductPartitions.of(key),
                        key.key(),
                        type,
                        EventHeaders.JSON,
                        value,
                        headers)
                .join();
    }

    private static String hash(String text) {
        return Integer.toHexString(text.hashCode());
    }

    private HttpResponse<String> call(String path, @Nullable Object body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address("/internal/v1/catalogs/" + ref.catalog() + path));
        if (body != null) {
            request.header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.write(body)));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        int port =
                running().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The lines of a metric that have these tags. */
    private List<String> metric(String name, String... tags)
            throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(address("/actuator/prometheus")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> Stream.of(tags).allMatch(line::contains))
                .toList();
    }

    private ConfigurableApplicationContext running() {
        if (app == null) {
            throw new IllegalStateException("not started");
        }
        return app;
    }

    private <T> T ok(String path, @Nullable Object body, Class<T> type)
            throws IOException, InterruptedException {
        HttpResponse<String> response = call(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return WireJson.read(response.body().getBytes(StandardCharsets.UTF_8), type);
    }

    private void awaitApplied(String id, long version) throws Exception {
        String path =
                "/applied?id="
                        + URLEncoder.encode(id, StandardCharsets.UTF_8)
                        + "&version="
                        + version
                        + "&timeoutMs=8000";
        assertThat(ok(path, null, AppliedResult.class).applied()).as("%s", id).isTrue();
    }

    private void awaitStatus(int searchable, int withVector) throws Exception {
        for (int i = 0; i < 100; i++) {
            ShardStatus status = ok("/status", null, ShardStatus.class);
            if (status.searchable() == searchable && status.withVector() == withVector) {
                return;
            }
            // Waits for a version that never comes, so for the next 100 ms of publications.
            call("/applied?id=nobody&version=99&timeoutMs=100", null);
        }
        assertThat(ok("/status", null, ShardStatus.class))
                .extracting(ShardStatus::searchable, ShardStatus::withVector)
                .containsExactly(searchable, withVector);
    }

    // NullAway does not see the nullness of array components of records from other modules.
    @SuppressWarnings("NullAway")
    private static SearchPlan plan(
            @Nullable String text,
            float @Nullable [] vector,
            @Nullable String identifier,
            @Nullable Filter filter) {
        return new SearchPlan(
                text == null ? null : new TextQuery(text, new MinimumMatch(2, 0.75)),
                vector == null ? null : VectorBytes.encode(vector),
                vector == null ? null : "m",
                null,
                identifier,
                filter,
                List.of(),
                List.of(),
                0,
                20,
                null,
                false,
                true,
                HEAD,
                new PlanLimits(10_000, 5_000));
    }

    private List<String> ids(SearchPlan plan) throws Exception {
        return ok("/execute", plan, PlanResult.class).hits().stream().map(PlanHit::id).toList();
    }

    @Test
    void productsAndVectors_published_areFoundByEveryLegUntilDeleted() throws Exception {
        // The vector of "b" comes before its product.
        vector("b", 1, "gaming mouse", 0, 1);
        product("a/1", 1, Map.of("title", "usb hub", "sku", "UH-7/x", "price", 20));
        product("b", 1, Map.of("title", "gaming mouse", "price", 40));
        vector("a/1", 1, "usb hub", 1, 0);
        awaitApplied("a/1", 1);
        awaitApplied("b", 1);
        awaitStatus(2, 2);

        assertThat(ids(plan("usb hubs", null, null, null))).containsExactly("a/1");
        assertThat(ids(plan(null, new float[] {0, 1}, null, null))).containsExactly("b");
        assertThat(ids(plan("hub", new float[] {0, 1}, null, null)))
                .containsExactlyInAnyOrder("a/1", "b");
        PlanHit code =
                ok("/execute", plan("mouse", null, "uh7x", null), PlanResult.class)
                        .hits()
                        .getFirst();
        assertThat(code.id()).isEqualTo("a/1");
        assertThat(code.matchedBy()).containsExactly(MatchKind.IDENTIFIER);
        assertThat(requireNonNull(code.explanation()).identifierField()).isEqualTo("sku");
        Filter cheap = new Filter.Range("price", null, false, "30", true);
        assertThat(ids(plan(null, null, null, cheap))).containsExactly("a/1");

        // A price change: no text, no vector, searchable all the same.
        product("b", 2, Map.of("title", "gaming mouse", "price", 10));
        awaitApplied("b", 2);
        assertThat(ids(plan(null, null, null, cheap))).containsExactly("a/1", "b");
        assertThat(ids(plan(null, new float[] {0, 1}, null, null))).containsExactly("b");

        ProductLookupResult found =
                ok(
                        "/products:lookup",
                        new ProductLookup(List.of("x", "b"), List.of("price")),
                        ProductLookupResult.class);
        assertThat(found.products())
                .containsExactly(new ProductLookupResult.FoundProduct("b", 2, Map.of("price", 10)));

        delete("a/1", 2);
        awaitApplied("a/1", 2);
        // The old record once more revives nothing.
        product("a/1", 1, Map.of("title", "usb hub", "sku", "UH-7/x", "price", 20));
        product("c", 1, Map.of("title", "cable"));
        awaitApplied("c", 1);
        assertThat(ids(plan("usb hub", new float[] {1, 0}, "uh7x", null))).isEmpty();
        assertThat(ids(plan(null, null, null, null))).containsExactlyInAnyOrder("b", "c");
        awaitStatus(2, 1);
    }

    @Test
    void servedSearches_showTheirRecall() throws Exception {
        product("a", 1, Map.of("title", "usb hub"));
        vector("a", 1, "usb hub", 1, 0);
        awaitApplied("a", 1);
        awaitStatus(1, 1);
        String[] tags = {"search=\"range\"", "selectivity=\"all\""};
        assertThat(metric("index_vector_recall", tags)).singleElement().asString().endsWith("NaN");
        // The watch takes the first search that comes while it waits for one; with each it measures
        // one of the catalogues.
        for (int i = 0; i < 100 && metric("index_vector_hubness", ref.catalog()).isEmpty(); i++) {
            assertThat(ids(plan(null, new float[] {1, 0}, null, null))).containsExactly("a");
            call("/applied?id=nobody&version=99&timeoutMs=100", null);
        }
        assertThat(metric("index_vector_recall", tags)).singleElement().asString().endsWith(" 1.0");
        assertThat(metric("index_vector_hubness", ref.catalog())).hasSize(1);
    }

    @Test
    void unusableRecords_areSetAsideAndHoldNothingUp() throws Exception {
        Queue<String> letters = new ConcurrentLinkedQueue<>();
        try (StateTopicReader reader =
                new StateTopicReader(
                        "letters",
                        KafkaConnection.to(TestPlatform.kafkaBootstrapServers()),
                        List.of(
                                new TopicPartition(Topics.deadLetters(Topics.PRODUCTS), 0),
                                new TopicPartition(Topics.deadLetters(Topics.EMBEDDINGS), 0)),
                        Map.of(),
                        batch -> batch.forEach(record -> letters.add(record.key())))) {
            reader.start();
            byte[] nonsense = "{nonsense".getBytes(StandardCharsets.UTF_8);
            send(Topics.PRODUCTS, "bad", "t", nonsense, Map.of());
            send(Topics.PRODUCTS, "undated", "t", null, Map.of());
            send(Topics.EMBEDDINGS, "odd", "t", new byte[] {1, 2, 3}, Map.of());
            product("good", 1, Map.of("title", "cable"));
            vector("good", 1, "cable", 1, 0);
            awaitApplied("good", 1);
            awaitStatus(1, 1);
            for (int i = 0; i < 100 && !letters.contains(ref.key() + "/odd"); i++) {
                call("/applied?id=nobody&version=99&timeoutMs=100", null);
            }
        }
        assertThat(letters)
                .contains(ref.key() + "/bad", ref.key() + "/undated", ref.key() + "/odd");
    }

    @Test
    void restart_fromSnapshot_appliesOnlyTheRest() throws Exception {
        for (int i = 0; i < 50; i++) {
            product("p" + i, 1, Map.of("title", "cable number " + i, "price", i));
            vector("p" + i, 1, "cable number " + i, i, 1);
        }
        awaitApplied("p49", 1);
        awaitStatus(50, 50);
        stopApp();
        assertThat(Files.readString(folder.resolve("manifest.json"))).contains(ref.catalog());

        product("p7", 2, Map.of("title", "mouse"));
        delete("p8", 2);
        Queue<String> announced = new ConcurrentLinkedQueue<>();
        try (StateTopicReader reader =
                new StateTopicReader(
                        "announcements",
                        KafkaConnection.to(TestPlatform.kafkaBootstrapServers()),
                        IntStream.range(0, Topics.STATE_PARTITIONS)
                                .mapToObj(p -> new TopicPartition(Topics.INDEX_CHANGES, p))
                                .toList(),
                        Map.of(),
                        batch -> batch.forEach(record -> announced.add(record.key())))) {
            reader.start();
            assertThat(reader.awaitCaughtUp(Duration.ofSeconds(20))).isTrue();
            announced.clear();
            startApp();
            // Ready means read: no waiting here.
            awaitStatus(49, 48);
            for (int i = 0; i < 100 && announced.size() < 2; i++) {
                call("/applied?id=nobody&version=99&timeoutMs=100", null);
            }
        }
        assertThat(announced)
                .filteredOn(key -> key.startsWith(ref.key()))
                .containsExactlyInAnyOrder(ref.key() + "/p7", ref.key() + "/p8");
        assertThat(ids(plan("mouse", null, null, null))).containsExactly("p7");
        assertThat(ids(plan("cable 33", null, null, null))).containsExactly("p33");
    }

    @Test
    void requests_thatMakeNoSense_areRefusedWithCodeAndPointer() throws Exception {
        assertThat(call("/execute", plan("x", null, null, new Filter.Exists("nosuch"))).body())
                .contains("FILTER_INVALID", "the schema has no field 'nosuch'", "/filter");
        assertThat(call("/execute", plan(null, new float[] {Float.NaN}, null, null)).statusCode())
                .isEqualTo(422);
        assertThat(call("/applied?id=a&version=x", null).statusCode()).isEqualTo(400);
        CatalogRef known = ref;
        ref = new CatalogRef("default", "missing");
        assertThat(call("/status", null).body()).contains("CATALOG_NOT_FOUND");
        assertThat(call("/execute", plan("x", null, null, null)).statusCode()).isEqualTo(404);
        ref = known;
    }
}
