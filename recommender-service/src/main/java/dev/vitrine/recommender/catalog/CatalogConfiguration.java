package dev.vitrine.recommender.catalog;

import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.KafkaConnection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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

    @Bean(initMethod = "start")
    CatalogTender catalogTender(CatalogState state, CatalogReader reader) {
        return new CatalogTender(state, reader);
    }

    @Bean
    CatalogHealth catalogHealthIndicator(CatalogReader reader) {
        return new CatalogHealth(reader);
    }
}
