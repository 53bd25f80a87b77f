package dev.vitrine.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Pins names and defaults. */
class CatalogPropertiesTest {

    @Test
    void catalog_defaultsAndNames() {
        assertThat(bind(Map.of(), CatalogProperties.class))
                .isEqualTo(
                        new CatalogProperties(
                                1000,
                                1000,
                                DataSize.ofKilobytes(512),
                                500,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2)));
        assertThat(
                        bind(
                                Map.of(
                                        "x.max-catalogs", "1",
                                        "x.max-aliases", "6",
                                        "x.max-schema-size", "2KB",
                                        "x.sweep-batch", "3",
                                        "x.sweep-interval", "4s",
                                        "x.retry-after", "5s"),
                                CatalogProperties.class))
                .isEqualTo(
                        new CatalogProperties(
                                1,
                                6,
                                DataSize.ofKilobytes(2),
                                3,
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5)));
    }

    @Test
    void document_defaultsAndNames() {
        assertThat(bind(Map.of(), DocumentProperties.class))
                .isEqualTo(
                        new DocumentProperties(DataSize.ofKilobytes(512), 10, 2000, 65_536, 8192));
        assertThat(
                        bind(
                                Map.of(
                                        "x.max-size", "1KB",
                                        "x.max-depth", "2",
                                        "x.max-fields", "3",
                                        "x.max-string-length", "4",
                                        "x.max-semantic-text", "5"),
                                DocumentProperties.class))
                .isEqualTo(new DocumentProperties(DataSize.ofKilobytes(1), 2, 3, 4, 5));
    }

    @Test
    void imports_defaultsAndNames() {
        assertThat(bind(Map.of(), ImportProperties.class))
                .isEqualTo(
                        new ImportProperties(
                                500,
                                DataSize.ofMegabytes(4),
                                DataSize.ofMegabytes(1),
                                DataSize.ofMegabytes(512),
                                5_000_000,
                                4,
                                DataSize.ofMegabytes(1),
                                2,
                                16,
                                Duration.ofSeconds(1),
                                0.1,
                                100));
        assertThat(
                        bind(
                                Map.ofEntries(
                                        Map.entry("x.chunk-lines", "1"),
                                        Map.entry("x.chunk-size", "2KB"),
                                        Map.entry("x.max-line-size", "3KB"),
                                        Map.entry("x.max-body-size", "4KB"),
                                        Map.entry("x.max-lines", "5"),
                                        Map.entry("x.max-concurrent", "6"),
                                        Map.entry("x.result-memory", "7KB"),
                                        Map.entry("x.max-failed-chunks", "8"),
                                        Map.entry("x.max-queued", "9"),
                                        Map.entry("x.poll", "10s"),
                                        Map.entry("x.replace-max-rejected", "0.5"),
                                        Map.entry("x.rejections-kept", "11")),
                                ImportProperties.class))
                .isEqualTo(
                        new ImportProperties(
                                1,
                                DataSize.ofKilobytes(2),
                                DataSize.ofKilobytes(3),
                                DataSize.ofKilobytes(4),
                                5,
                                6,
                                DataSize.ofKilobytes(7),
                                8,
                                9,
                                Duration.ofSeconds(10),
                                0.5,
                                11));
    }

    private static <T> T bind(Map<String, String> values, Class<T> type) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("x", type);
    }
}
