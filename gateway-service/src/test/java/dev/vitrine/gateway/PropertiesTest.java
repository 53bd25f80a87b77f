package dev.vitrine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitrine.gateway.alias.AliasProperties;
import dev.vitrine.gateway.catalog.ImportProperties;
import dev.vitrine.gateway.catalog.WriteProperties;
import dev.vitrine.gateway.client.ClientProperties;
import dev.vitrine.gateway.console.ConsoleProperties;
import dev.vitrine.gateway.edge.EdgeProperties;
import dev.vitrine.gateway.event.EventProperties;
import dev.vitrine.gateway.recommend.SimilarProperties;
import dev.vitrine.gateway.search.SearchProperties;
import dev.vitrine.servicekit.DependencyProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Pins names and defaults: both are promises to whoever runs the gateway. */
class PropertiesTest {

    @Test
    void edge_defaultsAndNames() {
        assertThat(bind("gateway", EdgeProperties.class, Map.of()))
                .isEqualTo(new EdgeProperties("default", DataSize.ofMegabytes(1)));
        assertThat(
                        bind(
                                "gateway",
                                EdgeProperties.class,
                                Map.of("gateway.tenant", "t", "gateway.body-limit", "5KB")))
                .isEqualTo(new EdgeProperties("t", DataSize.ofKilobytes(5)));
    }

    @Test
    void catalog_defaultsAndNames() {
        assertThat(bind("gateway.catalog", WriteProperties.class, Map.of()))
                .isEqualTo(new WriteProperties(seconds(10), seconds(5), seconds(30)));
        assertThat(
                        bind(
                                "gateway.catalog",
                                WriteProperties.class,
                                Map.of(
                                        "gateway.catalog.timeout", "1s",
                                        "gateway.catalog.wait-timeout", "2s",
                                        "gateway.catalog.wait-timeout-max", "3s")))
                .isEqualTo(new WriteProperties(seconds(1), seconds(2), seconds(3)));
    }

    @Test
    void alias_defaultsAndNames() {
        assertThat(bind("gateway.alias", AliasProperties.class, Map.of()))
                .isEqualTo(new AliasProperties(seconds(10), seconds(10)));
        assertThat(
                        bind(
                                "gateway.alias",
                                AliasProperties.class,
                                Map.of(
                                        "gateway.alias.start-wait", "1s",
                                        "gateway.alias.timeout", "2s")))
                .isEqualTo(new AliasProperties(seconds(1), seconds(2)));
    }

    @Test
    void import_defaultsAndNames() {
        assertThat(bind("gateway.import", ImportProperties.class, Map.of()))
                .isEqualTo(
                        new ImportProperties(8, DataSize.ofGigabytes(1), Duration.ofMinutes(10)));
        assertThat(
                        bind(
                                "gateway.import",
                                ImportProperties.class,
                                Map.of(
                                        "gateway.import.concurrency", "1",
                                        "gateway.import.spool", "2MB",
                                        "gateway.import.silence", "3s")))
                .isEqualTo(new ImportProperties(1, DataSize.ofMegabytes(2), seconds(3)));
    }

    @Test
    void search_defaultsAndNames() {
        assertThat(bind("gateway.search", SearchProperties.class, Map.of()))
                .isEqualTo(new SearchProperties(seconds(2), seconds(30), seconds(1), 10));
        assertThat(
                        bind(
                                "gateway.search",
                                SearchProperties.class,
                                Map.of(
                                        "gateway.search.timeout", "1s",
                                        "gateway.search.timeout-max", "2s",
                                        "gateway.search.max-age", "3s",
                                        "gateway.search.multi-max", "4")))
                .isEqualTo(new SearchProperties(seconds(1), seconds(2), seconds(3), 4));
    }

    @Test
    void similar_defaultsAndNames() {
        assertThat(bind("gateway.similar", SimilarProperties.class, Map.of()))
                .isEqualTo(new SimilarProperties(seconds(2), 0.7, 0.4));
        assertThat(
                        bind(
                                "gateway.similar",
                                SimilarProperties.class,
                                Map.of(
                                        "gateway.similar.timeout", "1s",
                                        "gateway.similar.recommender-share", "0.5",
                                        "gateway.similar.floor", "0.6")))
                .isEqualTo(new SimilarProperties(seconds(1), 0.5, 0.6));
    }

    @Test
    void events_defaultsAndNames() {
        DependencyProperties kafka = DependencyProperties.defaults();
        assertThat(bind("gateway.events", EventProperties.class, Map.of()))
                .isEqualTo(
                        new EventProperties(
                                1_000,
                                seconds(5),
                                Duration.ofHours(1),
                                Duration.ofDays(90),
                                2_000,
                                Duration.ofMillis(500),
                                seconds(2),
                                true,
                                DataSize.ofMegabytes(16),
                                Duration.ofMillis(250),
                                kafka));
        assertThat(
                        bind(
                                "gateway.events",
                                EventProperties.class,
                                Map.of(
                                        "gateway.events.batch-max", "1",
                                        "gateway.events.timeout", "2s",
                                        "gateway.events.ahead-max", "3s",
                                        "gateway.events.age-max", "4s",
                                        "gateway.events.items-max", "5",
                                        "gateway.events.catalog-wait", "6s",
                                        "gateway.events.retry-after", "7s",
                                        "gateway.events.served", "false",
                                        "gateway.events.served-buffer", "8KB",
                                        "gateway.events.served-linger", "9ms")))
                .isEqualTo(
                        new EventProperties(
                                1,
                                seconds(2),
                                seconds(3),
                                seconds(4),
                                5,
                                seconds(6),
                                seconds(7),
                                false,
                                DataSize.ofKilobytes(8),
                                Duration.ofMillis(9),
                                kafka));
    }

    @Test
    void clients_defaultsAndNames() {
        DependencyProperties one = DependencyProperties.defaults();
        assertThat(bind("gateway.clients", ClientProperties.class, Map.of()))
                .isEqualTo(new ClientProperties(seconds(1), one, one, one, one, 512));
        ClientProperties set =
                bind(
                        "gateway.clients",
                        ClientProperties.class,
                        Map.of(
                                "gateway.clients.retry-after", "2s",
                                "gateway.clients.pool-size", "7",
                                "gateway.clients.index.concurrency", "1",
                                "gateway.clients.index-wait.concurrency", "2",
                                "gateway.clients.retrieval.concurrency", "3",
                                "gateway.clients.recommender.concurrency", "4"));
        assertThat(set.retryAfter()).isEqualTo(seconds(2));
        assertThat(set.poolSize()).isEqualTo(7);
        assertThat(set.index().concurrency()).isEqualTo(1);
        assertThat(set.indexWait().concurrency()).isEqualTo(2);
        assertThat(set.retrieval().concurrency()).isEqualTo(3);
        assertThat(set.recommender().concurrency()).isEqualTo(4);
    }

    @Test
    void console_defaultsAndNames() {
        ConsoleProperties defaults = bind("gateway.console", ConsoleProperties.class, Map.of());
        assertThat(defaults).isEqualTo(new ConsoleProperties(false, List.of(), null));
        assertThat(defaults.contentSecurityPolicy())
                .isEqualTo("default-src 'self'; img-src 'self' data:");
        assertThat(
                        bind(
                                        "gateway.console",
                                        ConsoleProperties.class,
                                        Map.of(
                                                "gateway.console.images", "true",
                                                "gateway.console.image-sources",
                                                        "https://a.example,https://b.example"))
                                .contentSecurityPolicy())
                .isEqualTo(
                        "default-src 'self'; img-src 'self' data: https://a.example"
                                + " https://b.example");
    }

    @Test
    void console_currency_isOneOrOneForEachCatalogue() {
        for (String good : List.of("EUR", "shoes=EUR", "shoes=EUR,my-gifts=GBP", "")) {
            assertThat(new ConsoleProperties(false, List.of(), good).images()).isFalse();
        }
        for (String bad : List.of("euro", "shoes=", "=EUR", "shoes=EUR,", "EUR,shoes=EUR")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ConsoleProperties(false, List.of(), bad));
        }
    }

    @Test
    void console_sourceThatIsNone_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ConsoleProperties(
                                true, List.of("*; script-src 'unsafe-inline'"), null));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(prefix, Bindable.of(type));
    }
}
