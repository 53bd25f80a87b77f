package dev.vitrine.standalone.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.wire.TopicDefinition;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.RecordOrigin;
import dev.vitrine.servicekit.StateTopicReader;
import dev.vitrine.servicekit.TopicProvisioner;
import dev.vitrine.standalone.command.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real Kafka; dead letters as the services write them, the commands as a user runs them. */
class DeadLetterBoxIT {

    private static final String BOOTSTRAP = TestPlatform.kafkaBootstrapServers();

    @TempDir private Path folder;

    private final BlockingQueue<ConsumerRecord<String, byte[]>> source =
            new LinkedBlockingQueue<>();
    private String topic = "";
    private EventPublisher events;
    private StateTopicReader reader;

    DeadLetterBoxIT(TestInfo test) {
        topic = "b-" + Math.abs(test.getDisplayName().hashCode() % 100_000);
        events =
                new EventPublisher(
                        "/test",
                        KafkaConnection.to(BOOTSTRAP),
                        Duration.ofSeconds(20),
                        Clock.systemUTC());
        reader =
                new StateTopicReader(
                        "source",
                        KafkaConnection.to(BOOTSTRAP),
                        List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)),
                        Map.of(),
                        batch -> batch.forEach(source::add));
    }

    @BeforeEach
    void setAside() throws Exception {
        new TopicProvisioner(KafkaConnection.to(BOOTSTRAP), (short) 1)
                .ensure(
                        List.of(
                                new TopicDefinition(topic, 2, Map.of()),
                                Topics.deadLetterTopic(topic)));
        DeadLetters letters = new DeadLetters(events);
        reader.start();
        for (int i = 0; i < 5; i++) {
            events.send(
                            new ProducerRecord<>(
                                    topic,
                                    i % 2,
                                    "k" + i,
                                    i == 4 ? null : ("v" + i).getBytes(UTF_8)))
                    .join();
            letters.publish(next(), "reason " + i);
        }
    }

    @AfterEach
    void close() {
        reader.close();
        events.close();
    }

    private ConsumerRecord<String, byte[]> next() throws InterruptedException {
        ConsumerRecord<String, byte[]> record = source.poll(60, TimeUnit.SECONDS);
        assertThat(record).isNotNull();
        return record;
    }

    @Test
    void list_showsReasonOriginAndKey_oldestFirst() throws Exception {
        try (DeadLetterBox box = new DeadLetterBox(KafkaConnection.to(BOOTSTRAP))) {
            List<DeadLetter> letters = box.list(topic::equals, false, 10);
            assertThat(letters)
                    .extracting(DeadLetter::key)
                    .containsExactly("k0", "k1", "k2", "k3", "k4");
            DeadLetter fourth = letters.get(3);
            assertThat(fourth.id()).isEqualTo(topic + ".dlt-0@3");
            assertThat(fourth.reason()).isEqualTo("reason 3");
            assertThat(fourth.bytes()).isEqualTo(2);
            assertThat(fourth.origin())
                    .satisfies(origin -> {
                        assertThat(origin).isNotNull();
                        assertThat(origin.place()).isEqualTo(topic + "-1@1");
                        assertThat(origin.time()).isPositive();
                    });
            assertThat(box.list(topic::equals, false, 2)).hasSize(2);
            assertThat(box.list((topic + ".dlt")::equals, false, 10)).hasSize(5);
            assertThat(box.list("nothing"::equals, false, 10)).isEmpty();
        }
    }

    @Test
    void replay_sendsEachOnce_toItsPartition_withItsOrigin() throws Exception {
        try (DeadLetterBox box = new DeadLetterBox(KafkaConnection.to(BOOTSTRAP))) {
            assertThat(box.replay(topic::equals, letter -> letter.offset() == 3).sent())
                    .isEqualTo(1);
            ConsumerRecord<String, byte[]> again = next();
            assertThat(again.partition()).isEqualTo(1);
            assertThat(again.key()).isEqualTo("k3");
            assertThat(again.value()).isEqualTo("v3".getBytes(UTF_8));
            assertThat(EventPublisher.header(again, DeadLetters.REASON)).isNull();
            assertThat(EventPublisher.header(again, DeadLetters.READ_AT)).isNull();
            assertThat(RecordOrigin.of(again).place()).isEqualTo(topic + "-1@1");
            assertThat(box.list(topic::equals, false, 10))
                    .extracting(DeadLetter::offset)
                    .containsExactly(0L, 1L, 2L, 4L);
        }
        forgetOffsetsOfGroups();
        // Another process, another day.
        try (DeadLetterBox box = new DeadLetterBox(KafkaConnection.to(BOOTSTRAP))) {
            assertThat(box.replay(topic::equals, letter -> letter.offset() == 3).sent()).isZero();
            assertThat(box.replay(topic::equals, letter -> true).sent()).isEqualTo(4);
            assertThat(box.replay(topic::equals, letter -> true).sent()).isZero();
            assertThat(List.of(next().key(), next().key(), next().key(), next().key()))
                    .containsExactlyInAnyOrder("k0", "k1", "k2", "k4");
            assertThat(box.list(topic::equals, false, 10)).isEmpty();
            assertThat(box.list(topic::equals, true, 10)).hasSize(5).allMatch(DeadLetter::replayed);
        }
    }

    /** As brokers do after seven days; letters are kept for thirty. */
    private static void forgetOffsetsOfGroups() throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, BOOTSTRAP))) {
            List<String> unused =
                    admin.listGroups().all().get().stream()
                            .filter(group ->
                                    group.groupState().equals(Optional.of(GroupState.EMPTY)))
                            .map(GroupListing::groupId)
                            .toList();
            admin.deleteConsumerGroups(unused).all().get();
        }
    }

    @Test
    void replayedOne_thatFailsAgain_keepsItsFirstOrigin() throws Exception {
        try (DeadLetterBox box = new DeadLetterBox(KafkaConnection.to(BOOTSTRAP))) {
            box.replay(topic::equals, letter -> letter.offset() == 1);
            new DeadLetters(events).publish(next(), "still no");
            DeadLetter again = box.list(topic::equals, false, 10).getLast();
            assertThat(again.reason()).isEqualTo("still no");
            assertThat(again.origin())
                    .satisfies(origin -> {
                        assertThat(origin).isNotNull();
                        assertThat(origin.place()).isEqualTo(topic + "-1@0");
                    });
        }
    }

    @Test
    void value_thatWasLeftOut_isNotSentAsADeletion() throws Exception {
        events.send(new ProducerRecord<>(topic, 0, "large", "x".repeat(900_000).getBytes(UTF_8)))
                .join();
        ConsumerRecord<String, byte[]> large = next();
        new DeadLetters(events)
                .publish(
                        new ConsumerRecord<>(
                                topic, 0, large.offset(), "large", new byte[5 * 1024 * 1024]),
                        "too large");
        try (DeadLetterBox box = new DeadLetterBox(KafkaConnection.to(BOOTSTRAP))) {
            DeadLetterBox.Replay replay =
                    box.replay(topic::equals, letter -> "large".equals(letter.key()));
            assertThat(replay.sent()).isZero();
            assertThat(replay.left())
                    .extracting(DeadLetter::bytes)
                    .containsExactly(5L * 1024 * 1024);
        }
    }

    @Test
    void commands_listAndReplay_asAUserRunsThem() throws Exception {
        Path json = folder.resolve("list.json");
        CommandRun list =
                CommandRun.of(
                        "dead-letters",
                        "list",
                        "--kafka",
                        BOOTSTRAP,
                        "--topic",
                        topic,
                        "--json",
                        json.toString());
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("reason 2", topic + "-0@1", "5 dead letters");
        JsonNode letters =
                JsonMapper.builder().build().readTree(Files.readString(json)).path("deadLetters");
        assertThat(letters.size()).isEqualTo(5);
        assertThat(letters.path(2).path("source").path("offset").asLong()).isEqualTo(1);
        String id = letters.path(2).path("id").asString();
        CommandRun replay = CommandRun.of("dead-letters", "replay", "--kafka", BOOTSTRAP, id);
        assertThat(replay.out()).contains("Sent 1 records");
        assertThat(replay.code()).isZero();
        assertThat(next().key()).isEqualTo("k2");
        assertThat(CommandRun.of("dead-letters", "replay", "--kafka", BOOTSTRAP, id).code())
                .isEqualTo(1);
        assertThat(
                        CommandRun.of(
                                        "dead-letters",
                                        "replay",
                                        "--kafka",
                                        BOOTSTRAP,
                                        "--topic",
                                        topic,
                                        "--all")
                                .out())
                .contains("Sent 4 records");
    }

    @Test
    void unknownBroker_isSaidAndEnds() {
        assertThatThrownBy(
                        () -> {
                            try (DeadLetterBox box =
                                    new DeadLetterBox(KafkaConnection.to("127.0.0.1:1"))) {
                                box.list(any -> true, false, 1);
                            }
                        })
                .isInstanceOf(DeadLetterException.class);
    }
}
