package dev.vitrine.index.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Pins names and defaults. */
class OutboxPropertiesTest {

    @Test
    void outbox_defaultsAndNames() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new OutboxProperties(
                                true,
                                1000,
                                DataSize.ofMegabytes(16),
                                Duration.ofMillis(500),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(40)));
        assertThat(
                        bind(
                                Map.of(
                                        "x.enabled", "false",
                                        "x.batch-rows", "1",
                                        "x.batch-size", "2MB",
                                        "x.poll-interval", "3s",
                                        "x.backoff-min", "4s",
                                        "x.backoff-max", "5s",
                                        "x.acknowledge-timeout", "6s")))
                .isEqualTo(
                        new OutboxProperties(
                                false,
                                1,
                                DataSize.ofMegabytes(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6)));
    }

    private static OutboxProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("x", OutboxProperties.class);
    }
}
