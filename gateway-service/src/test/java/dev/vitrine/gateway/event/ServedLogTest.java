package dev.vitrine.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.servicekit.DependencyProperties;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.WireJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** The buffer's bound and the switch, with a broker that is not there. */
class ServedLogTest {

    private static final JsonNode REQUEST = WireJson.mapper().readTree("{\"q\":\"x\"}");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whatDoesNotFit_isCountedAndDropped() {
        try (EventPublisher publisher = publisher();
                ServedLog log = log(publisher, true)) {
            for (int i = 0; i < 3; i++) {
                log.searched("t", "c", REQUEST, new byte[10_000]);
            }
        }
        assertThat(count("dropped")).isEqualTo(3);
        assertThat(count("written") + count("failed")).isZero();
    }

    @Test
    void switchedOff_notesNothing_andEnds() {
        try (EventPublisher publisher = publisher();
                ServedLog log = log(publisher, false)) {
            log.searched("t", "c", REQUEST, new byte[10_000]);
            log.recommended("t", "c", "similar", "r", null, null, List.of("1"));
        }
        assertThat(count("dropped") + count("written") + count("failed")).isZero();
    }

    @Test
    void answer_isReadNoFurtherThanItsHits() {
        String start = "{\"queryId\":\"q\",\"hits\":[{\"id\":\"a\",\"fields\":{\"id\":\"no\"}}],";
        assertThat(ServedAnswer.of((start + "cut off").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new ServedAnswer("q", List.of("a")));
    }

    private ServedLog log(EventPublisher publisher, boolean served) {
        EventProperties settings =
                new EventProperties(
                        1_000,
                        Duration.ofSeconds(5),
                        Duration.ofHours(1),
                        Duration.ofDays(90),
                        2_000,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        served,
                        DataSize.ofKilobytes(1),
                        Duration.ofMillis(1),
                        DependencyProperties.defaults());
        ServedLog log =
                new ServedLog(
                        new InteractionWriter(publisher), settings, meters, Clock.systemUTC());
        log.start();
        return log;
    }

    private static EventPublisher publisher() {
        return new EventPublisher(
                "/test",
                KafkaConnection.to("127.0.0.1:1"),
                Duration.ofSeconds(6),
                Clock.systemUTC());
    }

    private double count(String outcome) {
        return meters.counter("vitrine.events.served", "outcome", outcome).count();
    }
}
