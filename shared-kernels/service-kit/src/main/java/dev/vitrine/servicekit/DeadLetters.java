package dev.vitrine.servicekit;

import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets records aside that cannot be used, with their origin and the reason. Thread-safe. */
public final class DeadLetters {

    /** Header: why the record could not be used. */
    public static final String REASON = EventHeaders.DEAD_LETTER_REASON;

    /** Header: topic, partition and offset the record came from. */
    public static final String ORIGIN = RecordOrigin.ORIGIN;

    /**
     * Header: topic, partition and offset the record was read at; another place than its origin
     * when it was replayed and could not be used again.
     */
    public static final String READ_AT = EventHeaders.DEAD_LETTER_READ_AT;

    /** Header: bytes of the value, which no topic of ours takes and which is left out. */
    public static final String LEFT_OUT = "vitrine_left_out";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 2_000;

    private final EventPublisher publisher;

    public DeadLetters(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Writes records of one poll to their dead-letter topic and waits for all acknowledgements, so
     * that a consumer may go on past them. A value too large for that topic is left out and
     * counted: it must not hold up all that come after it, and stays where it came from.
     *
     * @param reasons why each record cannot be used
     * @throws CompletionException when the broker did not take all; the consumer must then retry
     */
    public void publish(Map<ConsumerRecord<String, byte[]>, String> reasons) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        reasons.forEach((record, reason) -> sent.add(send(record, reason)));
        CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new)).join();
    }

    /** As {@link #publish(Map)}, for one record. */
    public void publish(ConsumerRecord<String, byte[]> record, String reason) {
        publish(Map.of(record, reason));
    }

    private CompletableFuture<?> send(ConsumerRecord<String, byte[]> record, String reason) {
        log.warn(
                "{}-{}@{} cannot be used and is set aside: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        // Another thread: that of the producer must not wait for room in its own buffer.
        return publisher
                .send(letter(record, reason, record.value()))
                .exceptionallyComposeAsync(failed -> sendWithoutValue(record, reason, failed));
    }

    private CompletableFuture<RecordMetadata> sendWithoutValue(
            ConsumerRecord<String, byte[]> record, String reason, Throwable failed) {
        byte[] value = record.value();
        if (value == null || !(failed instanceof RecordTooLargeException)) {
            return CompletableFuture.failedFuture(failed);
        }
        log.warn("its {} bytes are too many for a dead letter and are left out", value.length);
        ProducerRecord<String, byte[]> letter = letter(record, reason, null);
        add(letter.headers(), LEFT_OUT, Integer.toString(value.length));
        return publisher.send(letter);
    }

    private static ProducerRecord<String, byte[]> letter(
            ConsumerRecord<String, byte[]> record, String reason, byte @Nullable [] value) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.deadLetters(record.topic()), null, record.key(), value);
        Headers headers = letter.headers();
        record.headers().forEach(headers::add);
        headers.remove(REASON);
        add(
                headers,
                REASON,
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON));
        RecordOrigin.of(record).write(headers);
        headers.remove(READ_AT);
        add(headers, READ_AT, RecordOrigin.readAt(record).place());
        return letter;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
