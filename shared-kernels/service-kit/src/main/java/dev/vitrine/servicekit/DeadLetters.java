package dev.vitrine.servicekit;

import dev.vitrine.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets records aside that cannot be used, with their origin and the reason. Thread-safe. */
public final class DeadLetters {

    /** Header: why the record could not be used. */
    public static final String REASON = "vitrine_reason";

    /** Header: topic, partition and offset the record came from. */
    public static final String ORIGIN = "vitrine_origin";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final EventPublisher publisher;

    public DeadLetters(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Writes the record to its dead-letter topic and waits for the acknowledgement, so that a
     * consumer may go on past it.
     *
     * @throws CompletionException when the broker did not take it; the consumer must then retry
     */
    public void publish(ConsumerRecord<String, byte[]> record, String reason) {
        String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
        log.warn("{} cannot be used and is set aside: {}", origin, reason);
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        Topics.deadLetters(record.topic()), null, record.key(), record.value());
        record.headers().forEach(letter.headers()::add);
        letter.headers().add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        letter.headers().add(ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
        publisher.send(letter).join();
    }
}
