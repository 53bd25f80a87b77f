package dev.vitrine.recommender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.recommender.algorithm.similar.SimilarProperties;
import dev.vitrine.recommender.catalog.CatalogProperties;
import dev.vitrine.recommender.interaction.InteractionProperties;
import dev.vitrine.recommender.training.TrainingProperties;
import java.time.Duration;
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
        assertThat(bind("recommender.interaction", InteractionProperties.class, Map.of()))
                .isEqualTo(new InteractionProperties(30, 1_000, 50, 500, Duration.ofMinutes(30)));
        assertThat(bind("recommender.training", TrainingProperties.class, Map.of()))
                .isEqualTo(new TrainingProperties(Duration.ofSeconds(5)));
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
        assertThat(
                        bind(
                                "recommender.interaction",
                                InteractionProperties.class,
                                Map.of(
                                        "recommender.interaction.heap-percent", "1",
                                        "recommender.interaction.catalogs-max", "2",
                                        "recommender.interaction.visit-items-max", "3",
                                        "recommender.interaction.basket-items-max", "4",
                                        "recommender.interaction.visit-gap", "7s")))
                .isEqualTo(new InteractionProperties(1, 2, 3, 4, Duration.ofSeconds(7)));
        assertThat(
                        bind(
                                "recommender.training",
                                TrainingProperties.class,
                                Map.of("recommender.training.interval", "1s")))
                .isEqualTo(new TrainingProperties(Duration.ofSeconds(1)));
    }

    @Test
    void file_settingsReference_namesOnlyDefaults() throws Exception {
        PropertySource<?> file =
                new YamlPropertySourceLoader()
                        .load("recommender", new ClassPathResource("recommender.yml"))
                        .getFirst();

        assertThat(file.getProperty("recommender.catalog.products-max")).isEqualTo(2_000_000);
        assertThat(file.getProperty("recommender.similar.candidates-max")).isEqualTo(100_000);
        assertThat(file.getProperty("recommender.interaction.heap-percent")).isEqualTo(30);
        assertThat(file.getProperty("recommender.interaction.catalogs-max")).isEqualTo(1_000);
        assertThat(file.getProperty("recommender.interaction.visit-items-max")).isEqualTo(50);
        assertThat(file.getProperty("recommender.interaction.basket-items-max")).isEqualTo(500);
        assertThat(file.getProperty("recommender.interaction.visit-gap")).isEqualTo("30m");
        assertThat(file.getProperty("recommender.training.interval")).isEqualTo("5s");
        assertThat(file.getProperty("server.port")).hasToString("${VITRINE_RECOMMENDER_PORT:8084}");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
