package dev.vitrine.recommender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.recommender.algorithm.similar.SimilarProperties;
import dev.vitrine.recommender.catalog.CatalogProperties;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** Pins names and defaults of all settings: they are an interface. */
class PropertiesTest {

    @Test
    void defaults_nothingSet_arePinned() {
        assertThat(bind("recommender.catalog", CatalogProperties.class, Map.of()))
                .isEqualTo(new CatalogProperties(2_000_000));
        assertThat(bind("recommender.similar", SimilarProperties.class, Map.of()))
                .isEqualTo(new SimilarProperties(100_000));
    }

    @Test
    void names_allSet_arePinned() {
        assertThat(
                        bind(
                                "recommender.catalog",
                                CatalogProperties.class,
                                Map.of("recommender.catalog.products-max", "7")))
                .isEqualTo(new CatalogProperties(7));
        assertThat(
                        bind(
                                "recommender.similar",
                                SimilarProperties.class,
                                Map.of("recommender.similar.candidates-max", "200")))
                .isEqualTo(new SimilarProperties(200));
    }

    @Test
    void file_settingsReference_namesOnlyDefaults() throws Exception {
        PropertySource<?> file =
                new YamlPropertySourceLoader()
                        .load("recommender", new ClassPathResource("recommender.yml"))
                        .getFirst();

        assertThat(file.getProperty("recommender.catalog.products-max")).isEqualTo(2_000_000);
        assertThat(file.getProperty("recommender.similar.candidates-max")).isEqualTo(100_000);
        assertThat(file.getProperty("server.port")).hasToString("${VITRINE_RECOMMENDER_PORT:8084}");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
