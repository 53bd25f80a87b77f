package dev.vitrine.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.retrieval.plan.HeadProperties;
import dev.vitrine.retrieval.plan.PlanProperties;
import dev.vitrine.retrieval.query.EmbeddingProperties;
import dev.vitrine.servicekit.DependencyProperties;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Pins names and defaults: both are promises to whoever runs the service. */
class PropertiesTest {

    @Test
    void plan_defaultsAndNames() {
        assertThat(bind("retrieval.plan", PlanProperties.class, Map.of()))
                .isEqualTo(new PlanProperties(200_000, 0.9, 2, 0.75));
        assertThat(
                        bind(
                                "retrieval.plan",
                                PlanProperties.class,
                                Map.of(
                                        "retrieval.plan.max-candidates", "7",
                                        "retrieval.plan.execution-share", "0.5",
                                        "retrieval.plan.match-all-up-to", "3",
                                        "retrieval.plan.match-fraction", "0.6")))
                .isEqualTo(new PlanProperties(7, 0.5, 3, 0.6));
    }

    @Test
    void head_defaultsAndNames() {
        assertThat(bind("retrieval.head", HeadProperties.class, Map.of()))
                .isEqualTo(new HeadProperties("fixed-logistic-1", 1, -4, 3.5, 4.4, 0.5, 0.35, 0));
        assertThat(
                        bind(
                                "retrieval.head",
                                HeadProperties.class,
                                Map.of(
                                        "retrieval.head.method", "m",
                                        "retrieval.head.version", "2",
                                        "retrieval.head.bias", "1",
                                        "retrieval.head.text-weight", "5",
                                        "retrieval.head.semantic-weight", "6",
                                        "retrieval.head.semantic-floor", "0.6",
                                        "retrieval.head.semantic-only-floor", "0.7",
                                        "retrieval.head.threshold", "0.1")))
                .isEqualTo(new HeadProperties("m", 2, 1, 5, 6, 0.6, 0.7, 0.1));
    }

    @Test
    void embedding_defaultsAndNames() {
        assertThat(bind("retrieval.embedding", EmbeddingProperties.class, Map.of()))
                .isEqualTo(
                        new EmbeddingProperties(
                                URI.create("http://127.0.0.1:8081"),
                                0.4,
                                10_000,
                                Duration.ofMinutes(10),
                                DependencyProperties.defaults()));
        EmbeddingProperties set =
                bind(
                        "retrieval.embedding",
                        EmbeddingProperties.class,
                        Map.of(
                                "retrieval.embedding.uri", "http://e",
                                "retrieval.embedding.deadline-share", "0.3",
                                "retrieval.embedding.cache-size", "1",
                                "retrieval.embedding.cache-for", "1s",
                                "retrieval.embedding.dependency.concurrency", "9"));
        assertThat(set.uri()).isEqualTo(URI.create("http://e"));
        assertThat(set.deadlineShare()).isEqualTo(0.3);
        assertThat(set.cacheSize()).isEqualTo(1);
        assertThat(set.cacheFor()).isEqualTo(Duration.ofSeconds(1));
        assertThat(set.dependency().concurrency()).isEqualTo(9);
    }

    @Test
    void wrongKind_isRefused() {
        assertThatThrownBy(() ->
                        bind(
                                "retrieval.plan",
                                PlanProperties.class,
                                Map.of("retrieval.plan.max-candidates", "many")))
                .hasMessageContaining("retrieval.plan.max-candidates");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(prefix, Bindable.of(type));
    }
}
