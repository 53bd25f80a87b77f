package dev.vitrine.standalone.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.servicekit.DeadLetters;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReplayNoteTest {

    @Test
    void note_tellsTheOffsetsItWasMadeOf() {
        ProducerRecord<byte[], byte[]> note =
                ReplayNote.of(new TopicPartition("t.dlt", 1), List.of(0L, 5L, 6L));
        assertThat(note.topic()).isEqualTo("t.dlt");
        assertThat(note.partition()).isEqualTo(1);
        ConsumerRecord<byte[], byte[]> read = record();
        note.headers().forEach(read.headers()::add);
        assertThat(ReplayNote.is(read)).isTrue();
        assertThat(ReplayNote.offsets(read)).containsExactly(0L, 5L, 6L);
    }

    /** Its header came with the record that could not be used. */
    @Test
    void letter_withTheHeader_isNoNote() {
        ConsumerRecord<byte[], byte[]> letter = record();
        letter.headers()
                .add(ReplayNote.REPLAYED, "0".getBytes(UTF_8))
                .add(DeadLetters.REASON, "unreadable".getBytes(UTF_8));
        assertThat(ReplayNote.is(letter)).isFalse();
        assertThat(ReplayNote.offsets(letter)).isEmpty();
    }

    @Test
    void headerOfSomebodyElse_tellsNothing() {
        ConsumerRecord<byte[], byte[]> other = record();
        other.headers().add(ReplayNote.REPLAYED, "yes, -1".getBytes(UTF_8));
        assertThat(ReplayNote.offsets(other)).isEmpty();
        assertThat(ReplayNote.offsets(record())).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record() {
        return new ConsumerRecord<>("t.dlt", 1, 7, null, null);
    }
}
