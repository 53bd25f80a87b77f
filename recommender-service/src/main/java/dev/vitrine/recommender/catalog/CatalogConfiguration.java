package dev.vitrine.recommender.catalog;

import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.DebouncedTask;
import dev.vitrine.servicekit.KafkaConnection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogProperties.class)
class CatalogConfiguration {

    @Bean
    CatalogState catalogState(CatalogProperties properties, MeterRegistry meters) {
        return new CatalogState(properties, meters);
    }

    @Bean(initMethod = "start")
    CatalogReader catalogReader(
            KafkaConnection kafka,
            CatalogState state,
            CatalogDirectory directory,
            MeterRegistry meters) {
        CatalogReader reader = new CatalogReader(kafka, state, directory);
        Gauge.builder("recommender.catalog.behind", reader, CatalogReader::behind)
                .description("Records that are not applied yet")
                .register(meters);
        return reader;
    }

    /**
     * Keeps codes and plans of the vectors up to date. Five minutes, as an import with all its
     * vectors takes minutes, and meanwhile every product is compared.
     */
    @Bean(initMethod = "start")
    DebouncedTask catalogTender(CatalogState state, CatalogReader reader) {
        Runnable tend =
                () -> {
                    if (reader.ready()) {
                        state.tend();
                    }
                };
        return new DebouncedTask(
                "recommender-vectors", state::changes, tend, Duration.ofMinutes(5));
    }

    @Bean
    CatalogHealth catalogHealthIndicator(CatalogReader reader) {
        return new CatalogHealth(reader);
    }
}
