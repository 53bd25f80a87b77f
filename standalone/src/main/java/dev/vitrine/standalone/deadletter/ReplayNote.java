package dev.vitrine.standalone.deadletter;

import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.servicekit.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Says which letters of a partition were sent once more: a record behind them without key and
 * value, which therefore is kept at least as long as they are.
 */
final class ReplayNote {

    /** Header: offsets of the letters, separated by commas. */
    static final String REPLAYED = EventHeaders.DEAD_LETTER_REPLAYED;

    private static final Pattern OFFSETS = Pattern.compile("\\d{1,18}(,\\d{1,18})*");

    private ReplayNote() {}

    static ProducerRecord<byte[], byte[]> of(TopicPartition partition, List<Long> offsets) {
        ProducerRecord<byte[], byte[]> note =
                new ProducerRecord<>(partition.topic(), partition.partition(), null, null);
        note.headers()
                .add(
                        REPLAYED,
                        offsets.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(","))
                                .getBytes(StandardCharsets.UTF_8));
        return note;
    }

    /** A letter has its reason; of what it was made may have had any header. */
    static boolean is(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(REPLAYED) != null
                && record.headers().lastHeader(DeadLetters.REASON) == null;
    }

    /** The offsets that a note names; none when it is none. */
    static List<Long> offsets(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(REPLAYED);
        if (header == null || header.value() == null || !is(record)) {
            return List.of();
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        if (!OFFSETS.matcher(text).matches()) {
            return List.of();
        }
        List<Long> offsets = new ArrayList<>();
        for (String offset : text.split(",", -1)) {
            offsets.add(Long.valueOf(offset));
        }
        return offsets;
    }
}
