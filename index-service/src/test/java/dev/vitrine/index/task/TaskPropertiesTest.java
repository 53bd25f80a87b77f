package dev.vitrine.index.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Pins names and defaults. */
class TaskPropertiesTest {

    @Test
    void defaultsAndNames() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new TaskProperties(
                                Duration.ofSeconds(30), Duration.ofDays(7), 10_000, 100));
        assertThat(
                        bind(
                                Map.of(
                                        "x.lease", "1s",
                                        "x.keep", "2h",
                                        "x.keep-max", "3",
                                        "x.list-max", "4")))
                .isEqualTo(new TaskProperties(Duration.ofSeconds(1), Duration.ofHours(2), 3, 4));
    }

    private static TaskProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("x", TaskProperties.class);
    }
}
