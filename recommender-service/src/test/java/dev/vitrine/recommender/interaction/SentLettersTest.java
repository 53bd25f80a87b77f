package dev.vitrine.recommender.interaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.KafkaConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the letters tell of the log; the broker is never asked. */
class SentLettersTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final SentLetters sent = new SentLetters(KafkaConnection.to("127.0.0.1:1"));

    @AfterEach
    void close() {
        sent.close();
    }

    @Test
    void record_upToTheLastLetterOfItsPartition_hasItsLetter() {
        read(Map.of(DeadLetters.ORIGIN, place(3, 10), DeadLetters.READ_AT, place(3, 10)));
        assertThat(sent.isNew(event(3, 9), NOW)).isFalse();
        assertThat(sent.isNew(event(3, 10), NOW)).isFalse();
        assertThat(sent.isNew(event(3, 11), NOW)).isTrue();
        assertThat(sent.isNew(event(4, 10), NOW)).isTrue();
    }

    /** Else it would get another letter with each start. */
    @Test
    void replayedRecord_thatHasItsLetter_needsNone() {
        read(Map.of(DeadLetters.ORIGIN, place(3, 10), DeadLetters.READ_AT, place(3, 20)));
        assertThat(sent.isNew(event(3, 20), NOW)).isFalse();
    }

    @Test
    void letter_ofAnOlderVersion_tellsItsOrigin() {
        read(Map.of(DeadLetters.ORIGIN, place(3, 10)));
        assertThat(sent.isNew(event(3, 10), NOW)).isFalse();
        assertThat(sent.isNew(event(3, 11), NOW)).isTrue();
    }

    @Test
    void noteThatLettersWereReplayed_tellsNothing() {
        read(Map.of("vitrine_replayed", "0,1,2"));
        assertThat(sent.isNew(event(0, 0), NOW)).isTrue();
    }

    private void read(Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, value) -> all.add(name, value.getBytes(UTF_8)));
        String topic = Topics.deadLetters(Topics.INTERACTIONS);
        sent.read(
                new ConsumerRecords<>(
                        Map.of(new TopicPartition(topic, 0), List.of(record(topic, 0, 0, all))),
                        Map.of()));
    }

    private static ConsumerRecord<String, byte[]> event(int partition, long offset) {
        return record(Topics.INTERACTIONS, partition, offset, new RecordHeaders());
    }

    private static ConsumerRecord<String, byte[]> record(
            String topic, int partition, long offset, RecordHeaders headers) {
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                new byte[0],
                headers,
                Optional.empty());
    }

    private static String place(int partition, long offset) {
        return Topics.INTERACTIONS + "-" + partition + "@" + offset;
    }
}
