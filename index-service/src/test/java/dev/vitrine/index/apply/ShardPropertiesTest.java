package dev.vitrine.index.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Names and defaults are an interface: whoever changes them changes this test. */
class ShardPropertiesTest {

    private static ShardProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("index.shard", ShardProperties.class);
    }

    @Test
    void bind_nothing_givesTheDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new ShardProperties(
                                Path.of(".vitrine/index"),
                                "0-63",
                                Duration.ofMillis(200),
                                Duration.ofMillis(10),
                                Duration.ofSeconds(60),
                                50_000,
                                20_000,
                                100_000,
                                5_000_000,
                                0.98,
                                50_000,
                                1_000,
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(2),
                                32,
                                1.2f,
                                0.75f));
    }

    @Test
    void bind_everyName_isRead() {
        assertThat(
                        bind(
                                Map.ofEntries(
                                        Map.entry("index.shard.directory", "/d"),
                                        Map.entry("index.shard.partitions", "0-31"),
                                        Map.entry("index.shard.publish-after", "1s"),
                                        Map.entry("index.shard.publish-idle", "2ms"),
                                        Map.entry("index.shard.snapshot-every", "3s"),
                                        Map.entry("index.shard.snapshot-changes", "4"),
                                        Map.entry("index.shard.held-max", "5"),
                                        Map.entry("index.shard.tombstones-max", "6"),
                                        Map.entry("index.shard.products-max", "7"),
                                        Map.entry("index.shard.columns-max", "8"),
                                        Map.entry("index.shard.waiters-max", "9"),
                                        Map.entry("index.shard.schema-wait", "10s"),
                                        Map.entry("index.shard.ready-wait", "11s"),
                                        Map.entry("index.shard.text-buffer-megabytes", "12"),
                                        Map.entry("index.shard.vector-recall", "0.9"),
                                        Map.entry("index.shard.k1", "0.9"),
                                        Map.entry("index.shard.b", "0.4"))))
                .isEqualTo(
                        new ShardProperties(
                                Path.of("/d"),
                                "0-31",
                                Duration.ofSeconds(1),
                                Duration.ofMillis(2),
                                Duration.ofSeconds(3),
                                4,
                                5,
                                6,
                                7,
                                0.9,
                                8,
                                9,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(11),
                                12,
                                0.9f,
                                0.4f));
    }
}
