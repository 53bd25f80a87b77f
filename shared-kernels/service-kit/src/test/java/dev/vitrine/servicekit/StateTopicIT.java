package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.TopicDefinition;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestPlatform;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events and state topics against a real broker. */
final class StateTopicIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Instant SINCE = Instant.parse("2026-11-26T10:00:00Z");
    private static String bootstrap;
    private static EventPublisher publisher;

    private final String topic = "kit-" + UUID.randomUUID();
    private final TopicPartition partition = new TopicPartition(topic, 0);

    @BeforeAll
    static void open() {
        bootstrap = TestPlatform.kafkaBootstrapServers();
        publisher =
                new EventPublisher(
                        "/test",
                        KafkaConnection.to(bootstrap),
                        Duration.ofSeconds(10),
                        Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        publisher.close();
    }

    @Test
    void reader_seesEverythingInOrder_andCatchesUp() throws Exception {
        create();
        for (int i = 0; i < 5_000; i++) {
            publish("k" + i);
        }
        publisher.flush();
        List<String> seen = new ArrayList<>();
        try (StateTopicReader reader = reader(Map.of(), batch -> keysOf(batch, seen))) {
            reader.start();
            assertThat(reader.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(reader.behind()).isZero();
            publish("later");
            publisher.flush();
            while (reader.behindNow().get(PATIENCE.toSeconds(), TimeUnit.SECONDS) > 0) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            assertThat(reader.positions()).containsEntry(partition, 5_001L);
        }
        assertThat(seen).hasSize(5_001).startsWith("k0").endsWith("k4999", "later");
    }

    @Test
    void reader_withOffsets_goesOnThere_andSurvivesATopicMadeAnew() throws Exception {
        create();
        for (int i = 0; i < 10; i++) {
            publish("k" + i);
        }
        publisher.flush();
        List<String> rest = new ArrayList<>();
        try (StateTopicReader reader = reader(Map.of(partition, 7L), b -> keysOf(b, rest))) {
            reader.start();
            assertThat(reader.awaitCaughtUp(PATIENCE)).isTrue();
        }
        assertThat(rest).containsExactly("k7", "k8", "k9");

        List<String> all = new ArrayList<>();
        try (StateTopicReader reader = reader(Map.of(partition, 999L), b -> keysOf(b, all))) {
            reader.start();
            assertThat(reader.awaitCaughtUp(PATIENCE)).isTrue();
        }
        assertThat(all).hasSize(10);
    }

    @Test
    void reader_whoseHandlerFails_handsTheSameBatchOverAgain() throws Exception {
        create();
        publish("once");
        publisher.flush();
        AtomicInteger calls = new AtomicInteger();
        BlockingQueue<String> applied = new LinkedBlockingQueue<>();
        try (StateTopicReader reader =
                reader(
                        Map.of(),
                        batch -> {
                            if (!batch.isEmpty() && calls.incrementAndGet() == 1) {
                                throw new IllegalStateException("the first try fails");
                            }
                            batch.forEach(record -> applied.add(record.key()));
                        })) {
            reader.start();
            assertThat(applied.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("once");
        }
        assertThat(calls).hasValue(2);
    }

    /**
     * A partition without a leader refuses a first batch, takes the second, then never the first.
     */
    @Test
    void newTopics_takeManyBatchesAtOnce() {
        int partitions = 32;
        List<TopicDefinition> topics =
                IntStream.range(0, 8)
                        .mapToObj(i -> new TopicDefinition(topic + "-" + i, partitions, Map.of()))
                        .toList();
        KafkaConnection kafka = KafkaConnection.to(bootstrap);
        List<CompletableFuture<?>> sent = new ArrayList<>();
        try (EventPublisher prompt =
                new EventPublisher("/new", kafka, PATIENCE, Clock.systemUTC())) {
            new TopicProvisioner(kafka, (short) 1).ensure(topics);
            for (int i = 0; i < 20; i++) {
                for (TopicDefinition each : topics.reversed()) {
                    for (int partition = 0; partition < partitions; partition++) {
                        byte[] value = new byte[20_000];
                        sent.add(
                                prompt.send(
                                        new ProducerRecord<>(each.name(), partition, "k", value)));
                    }
                }
            }
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        }
        assertThat(sent).hasSize(20 * 8 * partitions).allMatch(CompletableFuture::isDone);
    }

    @Test
    void event_carriesCloudEventsHeaders_andDeadLettersTheReason() throws Exception {
        create();
        new TopicProvisioner(KafkaConnection.to(bootstrap), (short) 1)
                .ensure(List.of(new TopicDefinition(Topics.deadLetters(topic), 1, Map.of())));
        publish("poison");
        // As one that was replayed and cannot be used again.
        var _ =
                publisher.publish(
                        topic,
                        0,
                        "venom",
                        "test",
                        EventHeaders.JSON,
                        new byte[] {'1'},
                        Map.of(DeadLetters.ORIGIN, topic + "-0@0"));
        publisher.flush();
        BlockingQueue<ConsumerRecord<String, byte[]>> letters = new LinkedBlockingQueue<>();
        DeadLetters deadLetters = new DeadLetters(publisher);
        try (StateTopicReader source =
                        reader(
                                Map.of(),
                                batch -> {
                                    Map<ConsumerRecord<String, byte[]>, String> reasons =
                                            new LinkedHashMap<>();
                                    batch.forEach(r -> reasons.put(r, "unreadable " + r.key()));
                                    deadLetters.publish(reasons);
                                });
                StateTopicReader dead =
                        new StateTopicReader(
                                "dead",
                                KafkaConnection.to(bootstrap),
                                List.of(new TopicPartition(Topics.deadLetters(topic), 0)),
                                Map.of(),
                                batch -> batch.forEach(letters::add))) {
            source.start();
            dead.start();
            ConsumerRecord<String, byte[]> letter =
                    letters.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(letter).isNotNull();
            assertThat(letter.key()).isEqualTo("poison");
            assertThat(EventPublisher.header(letter, EventHeaders.SPEC_VERSION)).isEqualTo("1.0");
            assertThat(EventPublisher.header(letter, EventHeaders.SOURCE)).isEqualTo("/test");
            assertThat(EventPublisher.header(letter, DeadLetters.REASON))
                    .isEqualTo("unreadable poison");
            assertThat(EventPublisher.header(letter, DeadLetters.ORIGIN)).isEqualTo(topic + "-0@0");
            assertThat(EventPublisher.header(letter, DeadLetters.READ_AT))
                    .isEqualTo(topic + "-0@0");
            ConsumerRecord<String, byte[]> second =
                    letters.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(second).isNotNull();
            assertThat(EventPublisher.header(second, DeadLetters.REASON))
                    .isEqualTo("unreadable venom");
            assertThat(EventPublisher.header(second, DeadLetters.ORIGIN)).isEqualTo(topic + "-0@0");
            assertThat(EventPublisher.header(second, DeadLetters.READ_AT))
                    .isEqualTo(topic + "-0@1");
        }
    }

    @Test
    void directory_waitsForASchemaVersion_andForgetsADeletedCatalogue() throws Exception {
        CatalogRef ref = new CatalogRef("default", "kit" + System.nanoTime());
        try (CatalogDirectory directory =
                new CatalogDirectory("test", KafkaConnection.to(bootstrap))) {
            new TopicProvisioner(KafkaConnection.to(bootstrap), (short) 1).ensure(Topics.all());
            directory.start();
            Thread writer = Thread.ofVirtual().start(() -> publishSchema(ref, 2, false));
            assertThat(directory.await(ref, 2, Deadline.in(PATIENCE, Clock.systemUTC())))
                    .hasValueSatisfying(c -> assertThat(c.schemaVersion()).isEqualTo(2));
            writer.join();
            publishSchema(ref, 1, false);
            publishSchema(ref, 3, true);
            assertThat(directory.await(ref, 3, Deadline.in(PATIENCE, Clock.systemUTC())))
                    .hasValueSatisfying(c -> assertThat(c.deleted()).isTrue());
            assertThat(directory.find(ref)).isEmpty();
            assertThat(
                            directory.await(
                                    ref, 9, Deadline.in(Duration.ofMillis(20), Clock.systemUTC())))
                    .isEmpty();
        }
    }

    @Test
    void directory_alias_standsForItsTargetUntilTheNextVersionOfTheName() throws Exception {
        CatalogRef alias = new CatalogRef("default", "kit" + System.nanoTime());
        try (CatalogDirectory directory =
                new CatalogDirectory("test", KafkaConnection.to(bootstrap))) {
            new TopicProvisioner(KafkaConnection.to(bootstrap), (short) 1).ensure(Topics.all());
            directory.start();
            assertThat(directory.awaitReady(PATIENCE)).isTrue();
            assertThat(directory.resolve(alias)).isEqualTo(alias);
            publishName(alias, 1, true, "blue");
            publishName(alias, 2, true, "green");
            assertThat(directory.await(alias, 2, Deadline.in(PATIENCE, Clock.systemUTC())))
                    .isPresent();
            CatalogRef green = new CatalogRef("default", "green");
            assertThat(directory.resolve(alias)).isEqualTo(green);
            assertThat(directory.names(green)).containsExactly(green, alias);
            assertThat(directory.names(new CatalogRef("other", "green"))).hasSize(1);
            assertThat(directory.since(alias)).isEqualTo(SINCE);
            assertThat(directory.since(green)).as("not told").isEqualTo(Instant.EPOCH);
            assertThat(directory.find(alias)).isEmpty();
            publishName(alias, 3, false, null);
            assertThat(directory.await(alias, 3, Deadline.in(PATIENCE, Clock.systemUTC())))
                    .isPresent();
            assertThat(directory.resolve(alias)).isEqualTo(alias);
            assertThat(directory.names(green)).containsExactly(green);
            assertThat(directory.find(alias)).isPresent();
        }
    }

    private static void publishSchema(CatalogRef ref, long version, boolean deleted) {
        publishName(ref, version, deleted, null);
    }

    private static void publishName(
            CatalogRef ref, long version, boolean deleted, @Nullable String aliasOf) {
        publisher
                .publish(
                        Topics.SCHEMAS,
                        0,
                        ref.key(),
                        EventHeaders.TYPE_CATALOG_CHANGED,
                        EventHeaders.JSON,
                        WireJson.write(
                                new CatalogChanged(
                                        ref.tenant(),
                                        ref.catalog(),
                                        version,
                                        deleted,
                                        new CatalogSchema(List.of(), null),
                                        aliasOf,
                                        SINCE)),
                        Map.of())
                .join();
    }

    private void create() {
        new TopicProvisioner(KafkaConnection.to(bootstrap), (short) 1)
                .ensure(List.of(new TopicDefinition(topic, 1, Map.of())));
    }

    private void publish(String key) {
        var _ =
                publisher.publish(
                        topic, 0, key, "test", EventHeaders.JSON, new byte[] {'1'}, Map.of());
    }

    private StateTopicReader reader(
            Map<TopicPartition, Long> offsets, StateTopicReader.RecordHandler handler) {
        return new StateTopicReader(
                "reader", KafkaConnection.to(bootstrap), List.of(partition), offsets, handler);
    }

    private static void keysOf(ConsumerRecords<String, byte[]> batch, List<String> keys) {
        batch.forEach(record -> keys.add(record.key()));
    }
}
