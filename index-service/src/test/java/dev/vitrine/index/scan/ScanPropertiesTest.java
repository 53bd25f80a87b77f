package dev.vitrine.index.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Pins names and defaults. */
class ScanPropertiesTest {

    @Test
    void scan_defaultsAndNames() {
        assertThat(bind(Map.of())).isEqualTo(new ScanProperties(2, 500));
        assertThat(bind(Map.of("x.max-concurrent", "3", "x.fetch-rows", "4")))
                .isEqualTo(new ScanProperties(3, 4));
    }

    private static ScanProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("x", ScanProperties.class);
    }
}
