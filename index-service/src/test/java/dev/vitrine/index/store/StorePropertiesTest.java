package dev.vitrine.index.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Pins names and defaults. */
class StorePropertiesTest {

    @Test
    void store_defaultsAndNames() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new StoreProperties(
                                StoreProperties.Type.AUTO,
                                true,
                                500,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(30)));
        assertThat(
                        bind(
                                Map.of(
                                        "x.type", "plain-array",
                                        "x.intake", "false",
                                        "x.batch-records", "1",
                                        "x.backoff-min", "2s",
                                        "x.backoff-max", "3s")))
                .isEqualTo(
                        new StoreProperties(
                                StoreProperties.Type.PLAIN_ARRAY,
                                false,
                                1,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3)));
    }

    private static StoreProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("x", StoreProperties.class);
    }
}
