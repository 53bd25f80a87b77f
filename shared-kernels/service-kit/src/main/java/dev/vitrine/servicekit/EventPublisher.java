package dev.vitrine.servicekit;

import dev.vitrine.contracts.wire.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends CloudEvents 1.0 in binary mode with an idempotent producer that waits for all replicas.
 * Thread-safe; records of one key keep their order.
 */
public final class EventPublisher implements AutoCloseable {

    /**
     * Longest time that a record waits for others, where somebody waits for its acknowledgement.
     */
    private static final Duration PROMPTLY = Duration.ofMillis(2);

    private final String source;
    private final Clock clock;
    private final KafkaProducer<String, byte[]> producer;

    /**
     * @param source CloudEvents source, e.g. {@code /vitrine/index}
     * @param kafka the brokers
     * @param delivery time after which an unacknowledged record fails
     */
    public EventPublisher(String source, KafkaConnection kafka, Duration delivery, Clock clock) {
        this(source, kafka, delivery, PROMPTLY, clock);
    }

    /**
     * @param source CloudEvents source, e.g. {@code /vitrine/index}
     * @param kafka the brokers
     * @param delivery time after which an unacknowledged record fails
     * @param linger longest time that a record waits for others: each batch is a request to the
     *     broker, compressed for itself
     */
    public EventPublisher(
            String source, KafkaConnection kafka, Duration delivery, Duration linger, Clock clock) {
        this.source = source;
        this.clock = clock;
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, source);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 * 1024 * 1024);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.toIntExact(Math.max(delivery.toMillis(), 6_000 + linger.toMillis())));
        this.producer =
                new KafkaProducer<>(
                        kafka.with(settings), new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Sends one event.
     *
     * @param partition explicit partition, or null for the key's own
     * @param value payload; null is a tombstone
     * @param extensions further headers, e.g. {@link EventHeaders#PRODUCT_VERSION}; {@link
     *     EventHeaders#ID} among them replaces the random id
     * @return completes when all replicas have it; fails when they never did
     */
    public CompletableFuture<RecordMetadata> publish(
            String topic,
            @Nullable Integer partition,
            String key,
            String type,
            String contentType,
            byte @Nullable [] value,
            Map<String, String> extensions) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, partition, key, value);
        Headers headers = record.headers();
        add(headers, EventHeaders.SPEC_VERSION, "1.0");
        String id = extensions.get(EventHeaders.ID);
        add(headers, EventHeaders.ID, id == null ? UUID.randomUUID().toString() : id);
        add(headers, EventHeaders.TYPE, type);
        add(headers, EventHeaders.SOURCE, source);
        add(headers, EventHeaders.TIME, clock.instant().toString());
        add(headers, EventHeaders.CONTENT_TYPE, contentType);
        extensions.forEach((name, text) -> {
            if (!name.equals(EventHeaders.ID)) {
                add(headers, name, text);
            }
        });
        return send(record);
    }

    /** Sends a record as it is. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback says all that it would
    public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
        try {
            producer.send(
                    record,
                    (metadata, error) -> {
                        if (error == null) {
                            acknowledged.complete(metadata);
                        } else {
                            acknowledged.completeExceptionally(error);
                        }
                    });
        } catch (KafkaException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    /** Sends what is buffered and waits until it is acknowledged or has failed. */
    public void flush() {
        producer.flush();
    }

    /** A header as text, or null. */
    public static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
