package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.interaction.CheckedInteraction;
import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionCheck;
import dev.vitrine.contracts.interaction.InteractionLimits;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.TopicDefinition;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that a shop's own systems write to the event log, good and bad, over a real broker. */
final class InteractionReaderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GOOD =
            "{\"catalog\":\"c\",\"type\":\"search\",\"visitorId\":\"v\"}";

    private final String topic = "events-" + UUID.randomUUID();
    private final String letters = Topics.deadLetters(topic);
    private final String bootstrap = TestPlatform.kafkaBootstrapServers();

    @Test
    void records_goodAndBad_areReadOrSetAsideWithTheirReason() throws Exception {
        new TopicProvisioner(KafkaConnection.to(bootstrap), (short) 1)
                .ensure(
                        List.of(
                                new TopicDefinition(topic, 1, Map.of()),
                                new TopicDefinition(letters, 1, Map.of())));
        List<Interaction> read = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        Instant now = Instant.now(Clock.systemUTC());
        try (EventPublisher publisher =
                new EventPublisher(
                        "/test", KafkaConnection.to(bootstrap), PATIENCE, Clock.systemUTC())) {
            send(publisher, null, null, GOOD);
            send(publisher, "default/v", null, null);
            send(publisher, "default/v", null, "not json");
            send(publisher, "default/v", EventHeaders.TYPE_PRODUCT_CHANGED, GOOD);
            send(publisher, "default/v", null, GOOD.replace("}", ",\"tenant\":\"A B\"}"));
            send(
                    publisher,
                    "default/v",
                    null,
                    GOOD.replace(
                            "}", ",\"eventTime\":\"" + now.plus(Duration.ofDays(365)) + "\"}"));
            // It passes the broker because it is compressed.
            send(publisher, "default/v", null, GOOD.replace("}", " ".repeat(2_000_000) + "}"));
            send(publisher, "default/v", EventHeaders.TYPE_INTERACTION, GOOD);
            publisher.flush();

            InteractionReader reader =
                    new InteractionReader(
                            new InteractionCheck(InteractionLimits.DEFAULTS), Clock.systemUTC());
            DeadLetters dead = new DeadLetters(publisher);
            readAll(
                    topic,
                    record -> {
                        switch (reader.read(record)) {
                            case CheckedInteraction.Usable usable -> read.add(usable.interaction());
                            case CheckedInteraction.Unusable unusable ->
                                    dead.publish(record, unusable.fault().reason());
                        }
                    });
            readAll(
                    letters,
                    record ->
                            reasons.add(
                                    String.valueOf(
                                            EventPublisher.header(record, DeadLetters.REASON))));
        }
        assertThat(read).hasSize(2);
        assertThat(read.getFirst().eventId()).isEqualTo(topic + "-0@0");
        assertThat(read.getFirst().tenant()).isEqualTo("default");
        assertThat(reasons)
                .containsExactly(
                        "EVENT_MALFORMED: the record has no value",
                        "EVENT_MALFORMED: not JSON: Unrecognized token 'not': was expecting (JSON"
                                + " String, Number, Array, Object or token 'null', 'true' or"
                                + " 'false')",
                        "EVENT_MALFORMED: the record is of type dev.vitrine.product.changed.v1",
                        "EVENT_FIELD_INVALID /tenant: not a tenant name",
                        "EVENT_TIME_AHEAD /eventTime: more than an hour in the future",
                        "EVENT_TOO_LARGE: 2000047 bytes; an event has at most 1000000");
    }

    private void send(
            EventPublisher publisher,
            @Nullable String key,
            @Nullable String type,
            @Nullable String value) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        topic,
                        0,
                        key,
                        value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        if (type != null) {
            record.headers().add(EventHeaders.TYPE, type.getBytes(StandardCharsets.UTF_8));
        }
        publisher.send(record).join();
    }

    private interface Each {
        void take(ConsumerRecord<String, byte[]> record);
    }

    private void readAll(String from, Each each) throws InterruptedException {
        try (StateTopicReader reader =
                new StateTopicReader(
                        "read-" + from,
                        KafkaConnection.to(bootstrap),
                        List.of(new TopicPartition(from, 0)),
                        Map.of(),
                        (ConsumerRecords<String, byte[]> batch) -> batch.forEach(each::take))) {
            reader.start();
            assertThat(reader.awaitCaughtUp(PATIENCE)).isTrue();
        }
    }
}
