package dev.vitrine.servicekit;

import dev.vitrine.contracts.wire.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a record was first, and since when: what a dead letter says of itself, and what a replayed
 * record still says.
 *
 * @param topic topic name
 * @param partition partition number
 * @param offset offset in it
 * @param time the record's timestamp, milliseconds since 1970
 */
public record RecordOrigin(String topic, int partition, long offset, long time) {

    /** Header: {@code topic-partition@offset}. */
    public static final String ORIGIN = EventHeaders.DEAD_LETTER_ORIGIN;

    /** Header: timestamp of the record there, milliseconds. */
    public static final String TIME = "vitrine_time";

    /** The origin that a replayed record names, else the place where it was read. */
    public static RecordOrigin of(ConsumerRecord<?, ?> record) {
        return named(record.headers()).orElseGet(() -> readAt(record));
    }

    /** The place where a record was read, whatever it says of its origin. */
    static RecordOrigin readAt(ConsumerRecord<?, ?> record) {
        return new RecordOrigin(
                record.topic(), record.partition(), record.offset(), record.timestamp());
    }

    /** The origin that headers name; empty when they name none that can be read. */
    public static Optional<RecordOrigin> named(Headers headers) {
        String origin = text(headers, ORIGIN);
        int at = origin.lastIndexOf('@');
        int dash = origin.lastIndexOf('-', at);
        if (at < 0 || dash <= 0) {
            return Optional.empty();
        }
        try {
            String time = text(headers, TIME);
            return Optional.of(
                    new RecordOrigin(
                            origin.substring(0, dash),
                            Integer.parseInt(origin.substring(dash + 1, at)),
                            Long.parseLong(origin.substring(at + 1)),
                            time.isEmpty() ? 0 : Long.parseLong(time)));
        } catch (NumberFormatException e) {
            // A header of somebody else with our name says nothing about an origin.
            return Optional.empty();
        }
    }

    /** {@code topic-partition@offset}. */
    public String place() {
        return topic + "-" + partition + "@" + offset;
    }

    /** Makes headers name this origin. */
    void write(Headers headers) {
        headers.remove(ORIGIN).add(ORIGIN, place().getBytes(StandardCharsets.UTF_8));
        headers.remove(TIME).add(TIME, Long.toString(time).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? ""
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
