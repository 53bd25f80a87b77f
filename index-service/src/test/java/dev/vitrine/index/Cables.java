package dev.vitrine.index;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.index.MinimumMatch;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.PlanResult;
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
import dev.vitrine.servicekit.TopicProvisioner;
import dev.vitrine.servicekit.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A catalogue of cables on the state topics, as writer and embedder send it, and what it finds. */
final class Cables implements AutoCloseable {

    private static final int DIMENSIONS = 1_024;

    private final CatalogRef ref;
    private final EventPublisher events;

    /** Sends its schema. */
    Cables(String catalog) {
        this.ref = new CatalogRef("default", catalog);
        KafkaConnection kafka = KafkaConnection.to(TestPlatform.kafkaBootstrapServers());
        new TopicProvisioner(kafka, (short) 1).ensure(Topics.all());
        this.events = new EventPublisher("/test", kafka, Duration.ofMinutes(2), Clock.systemUTC());
        schema(1, false);
    }

    /** Deletes the catalogue. */
    void drop() {
        schema(2, true);
    }

    private void schema(long version, boolean deleted) {
        SentSchemas.send(events, ref, version, deleted, RandomShop.SCHEMA);
    }

    /** Sends products without text to embed; {@code to} is exclusive. */
    void put(int from, int to, long version) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = from; i < to; i++) {
            sent.add(product(i, version, ""));
        }
        join(sent);
    }

    /** Sends products of version 1 and their vectors, 4 KB each; {@code to} is exclusive. */
    void putWithVectors(int from, int to) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = from; i < to; i++) {
            sent.add(product(i, 1, "cable " + i));
            sent.add(
                    send(
                            Topics.EMBEDDINGS,
                            i,
                            EventHeaders.TYPE_PRODUCT_EMBEDDED,
                            VectorBytes.encode(vector(i)),
                            Map.of(
                                    EventHeaders.MODEL,
                                    "m",
                                    EventHeaders.DIMENSIONS,
                                    Integer.toString(DIMENSIONS),
                                    EventHeaders.TEXT_HASH,
                                    "cable " + i,
                                    EventHeaders.PRODUCT_VERSION,
                                    "1")));
        }
        join(sent);
    }

    private CompletableFuture<?> product(int number, long version, String semanticText) {
        String title = "cable number " + number + (version > 1 ? " renewed" : "");
        return send(
                Topics.PRODUCTS,
                number,
                EventHeaders.TYPE_PRODUCT_CHANGED,
                WireJson.write(
                        new ProductChanged(
                                ref.tenant(),
                                ref.catalog(),
                                "p" + number,
                                version,
                                1,
                                Map.of("title", title, "price", number),
                                semanticText,
                                semanticText,
                                title)),
                Map.of());
    }

    private CompletableFuture<?> send(
            String topic, int number, String type, byte[] value, Map<String, String> headers) {
        ProductKey key = new ProductKey(ref, "p" + number);
        return events.publish(
                topic,
                ProductPartitions.of(key),
                key.key(),
                type,
                EventHeaders.JSON,
                value,
                headers);
    }

    private static void join(List<CompletableFuture<?>> sent) {
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    private static float[] vector(int seed) {
        Random random = new Random(seed);
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** How many products a word finds. */
    int found(ShardProcess shard, String word) {
        return execute(shard, CountingPlan.of(new TextQuery(word, new MinimumMatch(2, 0.75))))
                .total();
    }

    /** The nearest products of some vectors with their scores, and how many are near enough. */
    List<String> nearest(ShardProcess shard) {
        List<String> nearest = new ArrayList<>();
        for (int query = 0; query < 10; query++) {
            PlanResult result =
                    execute(
                            shard,
                            VectorPlan.of(
                                    vector(-1 - query),
                                    false,
                                    new ScoringHead("test", 1, 0, 0, 1, 0.02, 0),
                                    new PlanLimits(10_000, 20_000)));
            nearest.add(
                    result.total()
                            + ": "
                            + result.hits().stream().map(hit -> hit.id() + hit.score()).toList());
        }
        return nearest;
    }

    /** How many products are found by their vectors. */
    int withVector(ShardProcess shard) {
        return WireJson.read(
                        shard.body("/internal/v1/catalogs/" + ref.catalog() + "/status")
                                .getBytes(StandardCharsets.UTF_8),
                        ShardStatus.class)
                .withVector();
    }

    private PlanResult execute(ShardProcess shard, SearchPlan plan) {
        String answer =
                shard.body(
                        "/internal/v1/catalogs/" + ref.catalog() + "/execute",
                        WireJson.write(plan));
        return WireJson.read(answer.getBytes(StandardCharsets.UTF_8), PlanResult.class);
    }

    @Override
    public void close() {
        events.close();
    }
}
