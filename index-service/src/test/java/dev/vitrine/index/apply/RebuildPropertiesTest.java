package dev.vitrine.index.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Pins names and defaults. */
class RebuildPropertiesTest {

    @Test
    void rebuild_defaultsAndNames() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new RebuildProperties(
                                null, Duration.ofSeconds(60), Duration.ofSeconds(60), 3));
        assertThat(
                        bind(
                                Map.of(
                                        "x.writer", "http://writer:8082",
                                        "x.patience", "1s",
                                        "x.silence", "2s",
                                        "x.attempts", "4")))
                .isEqualTo(
                        new RebuildProperties(
                                URI.create("http://writer:8082"),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                4));
    }

    private static RebuildProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("x", RebuildProperties.class);
    }
}
