package dev.vitrine.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.embedding.cache.CacheProperties;
import dev.vitrine.embedding.catalog.CatalogProperties;
import dev.vitrine.embedding.encode.EncodeProperties;
import dev.vitrine.embedding.encode.ModelProperties;
import dev.vitrine.embedding.request.RequestProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

/** Pins names and defaults of all settings: they are an interface. */
class PropertiesTest {

    @Test
    void defaults_nothingSet_arePinned() {
        assertThat(bind("embedding.model", ModelProperties.class, Map.of()))
                .isEqualTo(new ModelProperties(null, 256, "", ""));
        assertThat(bind("embedding.encode", EncodeProperties.class, Map.of()))
                .isEqualTo(new EncodeProperties(0, 1024, 2048, 10));
        assertThat(bind("embedding.cache", CacheProperties.class, Map.of()))
                .isEqualTo(new CacheProperties(DataSize.ofMegabytes(32)));
        assertThat(bind("embedding.request", RequestProperties.class, Map.of()))
                .isEqualTo(new RequestProperties(256, 8192, DataSize.ofMegabytes(16)));
        assertThat(bind("embedding.catalog", CatalogProperties.class, Map.of()))
                .isEqualTo(
                        new CatalogProperties(
                                true,
                                "embedding",
                                256,
                                DataSize.ofMegabytes(32),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(10)));
    }

    @Test
    void names_allSet_arePinned() {
        assertThat(
                        bind(
                                "embedding.model",
                                ModelProperties.class,
                                Map.of(
                                        "embedding.model.directory", "/models/m",
                                        "embedding.model.max-tokens", "128",
                                        "embedding.model.query-prefix", "query: ",
                                        "embedding.model.product-prefix", "passage: ")))
                .isEqualTo(new ModelProperties(Path.of("/models/m"), 128, "query: ", "passage: "));
        assertThat(
                        bind(
                                "embedding.encode",
                                EncodeProperties.class,
                                Map.of(
                                        "embedding.encode.threads", "3",
                                        "embedding.encode.query-capacity", "4",
                                        "embedding.encode.product-capacity", "5",
                                        "embedding.encode.product-niceness", "6")))
                .isEqualTo(new EncodeProperties(3, 4, 5, 6));
        assertThat(
                        bind(
                                "embedding.cache",
                                CacheProperties.class,
                                Map.of("embedding.cache.maximum-size", "1MB")))
                .isEqualTo(new CacheProperties(DataSize.ofMegabytes(1)));
        assertThat(
                        bind(
                                "embedding.request",
                                RequestProperties.class,
                                Map.of(
                                        "embedding.request.texts-max", "1",
                                        "embedding.request.characters-max", "2",
                                        "embedding.request.body-max", "3B")))
                .isEqualTo(new RequestProperties(1, 2, DataSize.ofBytes(3)));
        assertThat(
                        bind(
                                "embedding.catalog",
                                CatalogProperties.class,
                                Map.of(
                                        "embedding.catalog.enabled", "false",
                                        "embedding.catalog.group", "other",
                                        "embedding.catalog.batch-records", "7",
                                        "embedding.catalog.content-cache-size", "8MB",
                                        "embedding.catalog.retry-delay", "9s",
                                        "embedding.catalog.stop-timeout", "11s")))
                .isEqualTo(
                        new CatalogProperties(
                                false,
                                "other",
                                7,
                                DataSize.ofMegabytes(8),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(11)));
    }

    @Test
    void file_settingsReference_namesOnlyDefaults() throws Exception {
        PropertySource<?> file =
                new YamlPropertySourceLoader()
                        .load("embedding", new ClassPathResource("embedding.yml"))
                        .getFirst();

        assertThat(file.getProperty("embedding.model.max-tokens")).isEqualTo(256);
        assertThat(file.getProperty("embedding.encode.threads")).isEqualTo(0);
        assertThat(file.getProperty("embedding.encode.query-capacity")).isEqualTo(1024);
        assertThat(file.getProperty("embedding.encode.product-capacity")).isEqualTo(2048);
        assertThat(file.getProperty("embedding.cache.maximum-size")).isEqualTo("32MB");
        assertThat(file.getProperty("embedding.request.texts-max")).isEqualTo(256);
        assertThat(file.getProperty("embedding.request.characters-max")).isEqualTo(8192);
        assertThat(file.getProperty("embedding.request.body-max")).isEqualTo("16MB");
        assertThat(file.getProperty("embedding.catalog.enabled")).isEqualTo(true);
        assertThat(file.getProperty("embedding.catalog.group")).isEqualTo("embedding");
        assertThat(file.getProperty("embedding.catalog.batch-records")).isEqualTo(256);
        assertThat(file.getProperty("server.port")).hasToString("${VITRINE_EMBEDDING_PORT:8081}");
    }

    @Test
    void threads_negative_isRefused() {
        // Validation itself is Spring's; that a wrong type is refused is ours to keep.
        assertThatThrownBy(() ->
                        bind(
                                "embedding.encode",
                                EncodeProperties.class,
                                Map.of("embedding.encode.threads", "many")))
                .isInstanceOf(BindException.class);
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
