package dev.vitrine.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.servicekit.DependencyProperties;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ShardPropertiesTest {

    @Test
    void defaultsAndNames() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new ShardProperties(
                                URI.create("http://127.0.0.1:8082"),
                                Duration.ofSeconds(1),
                                DependencyProperties.defaults()));
        ShardProperties set =
                bind(
                        Map.of(
                                "retrieval.index.uri", "http://i",
                                "retrieval.index.retry-after", "3s",
                                "retrieval.index.dependency.timeout", "4s"));
        assertThat(set.uri()).isEqualTo(URI.create("http://i"));
        assertThat(set.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(set.dependency().timeout()).isEqualTo(Duration.ofSeconds(4));
    }

    private static ShardProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("retrieval.index", Bindable.of(ShardProperties.class));
    }
}
