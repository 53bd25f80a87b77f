package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Pins names and defaults of the settings. */
final class SettingsTest {

    @Test
    void kit_defaultsAndNames() {
        assertThat(bind(Map.of(), ServiceKitProperties.class, "vitrine"))
                .isEqualTo(
                        new ServiceKitProperties(
                                Duration.ofSeconds(10),
                                (short) 1,
                                Duration.ofSeconds(30),
                                Duration.ZERO));
        assertThat(
                        bind(
                                Map.of(
                                        "vitrine.request-timeout", "1s",
                                        "vitrine.topic-replication", "3",
                                        "vitrine.event-delivery", "2s",
                                        "vitrine.drain", "3s"),
                                ServiceKitProperties.class,
                                "vitrine"))
                .isEqualTo(
                        new ServiceKitProperties(
                                Duration.ofSeconds(1),
                                (short) 3,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3)));
    }

    @Test
    void dependency_defaultsAndNames() {
        assertThat(bind(Map.of(), DependencyProperties.class, "x"))
                .isEqualTo(DependencyProperties.defaults());
        assertThat(
                        bind(
                                Map.of(
                                        "x.concurrency", "1",
                                        "x.failure-rate", "2",
                                        "x.window", "3",
                                        "x.minimum-calls", "4",
                                        "x.open-for", "5s",
                                        "x.timeout", "6s"),
                                DependencyProperties.class,
                                "x"))
                .isEqualTo(
                        new DependencyProperties(
                                1, 2, 3, 4, Duration.ofSeconds(5), Duration.ofSeconds(6)));
    }

    private static <T> T bind(Map<String, String> values, Class<T> type, String prefix) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
