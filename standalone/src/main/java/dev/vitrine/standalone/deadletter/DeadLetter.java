package dev.vitrine.standalone.deadletter;

import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.RecordOrigin;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used.
 *
 * @param topic dead-letter topic
 * @param partition partition in it
 * @param offset offset in it
 * @param origin where it came from, or null when it does not say so
 * @param key the record's key, or null
 * @param reason why it could not be used
 * @param bytes length of its value, 0 for a tombstone
 * @param leftOut whether the value was too large to be kept here
 * @param time when it was set aside, milliseconds since 1970
 * @param replayed whether it was sent once more already
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        @Nullable RecordOrigin origin,
        @Nullable String key,
        String reason,
        long bytes,
        boolean leftOut,
        long time,
        boolean replayed) {

    static DeadLetter of(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
        byte[] key = record.key();
        byte[] value = record.value();
        String leftOut = header(record, DeadLetters.LEFT_OUT);
        return new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                RecordOrigin.named(record.headers()).orElse(null),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                header(record, DeadLetters.REASON),
                !leftOut.isEmpty() ? Long.parseLong(leftOut) : value == null ? 0 : value.length,
                !leftOut.isEmpty(),
                record.timestamp(),
                replayed);
    }

    /** The name by which a command is told this one: {@code topic-partition@offset}. */
    public String id() {
        return topic + "-" + partition + "@" + offset;
    }

    /** The topic that it is sent to once more. */
    String source() {
        return topic.substring(0, topic.length() - DeadLetterBox.SUFFIX.length());
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? ""
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
