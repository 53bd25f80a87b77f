package dev.vitrine.recommender.interaction;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Which unusable records have their dead letter already. The log is read from the beginning at each
 * start and would send every letter again; the dead-letter topic itself says which were sent. One
 * partition's letters are sent in order, so the last offset of each is enough.
 *
 * <p>A record older than the letters are kept for has had its letter, which is gone.
 */
final class SentLetters implements AutoCloseable {
    private static final Duration LETTERS_KEPT = Duration.ofDays(30);
    private static final Pattern PLACE =
            Pattern.compile(Pattern.quote(Topics.INTERACTIONS) + "-(\\d{1,9})@(\\d{1,18})");

    private final Map<Integer, Long> lastOffsets = new ConcurrentHashMap<>();
    private final StateTopicReader reader;

    SentLetters(KafkaConnection kafka) {
        this.reader =
                new StateTopicReader(
                        "recommender-letters",
                        kafka,
                        List.of(new TopicPartition(Topics.deadLetters(Topics.INTERACTIONS), 0)),
                        Map.of(),
                        this::read);
    }

    void start() {
        reader.start();
    }

    /** Waits until the letters have been read; false when the time is over first. */
    boolean awaitRead(Duration time) throws InterruptedException {
        return reader.awaitCaughtUp(time);
    }

    /** Whether a record needs a letter. */
    boolean isNew(ConsumerRecord<String, byte[]> record, Instant now) {
        return record.offset() > lastOffsets.getOrDefault(record.partition(), -1L)
                && Instant.ofEpochMilli(record.timestamp()).plus(LETTERS_KEPT).isAfter(now);
    }

    void note(ConsumerRecord<String, byte[]> record) {
        lastOffsets.merge(record.partition(), record.offset(), Math::max);
    }

    @Override
    public void close() {
        reader.close();
    }

    void read(ConsumerRecords<String, byte[]> letters) {
        for (ConsumerRecord<String, byte[]> letter : letters) {
            // Not the origin where both are there: a replayed record keeps that of its first place.
            String readAt = EventPublisher.header(letter, DeadLetters.READ_AT);
            Matcher place =
                    PLACE.matcher(
                            Objects.requireNonNullElse(
                                    readAt == null
                                            ? EventPublisher.header(letter, DeadLetters.ORIGIN)
                                            : readAt,
                                    ""));
            if (place.matches()) {
                lastOffsets.merge(
                        Integer.valueOf(place.group(1)), Long.valueOf(place.group(2)), Math::max);
            }
        }
    }
}
