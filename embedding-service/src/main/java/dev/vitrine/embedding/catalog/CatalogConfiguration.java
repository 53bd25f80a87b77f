package dev.vitrine.embedding.catalog;

import dev.vitrine.embedding.encode.EncodeLanes;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "embedding.catalog.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CatalogProperties.class)
class CatalogConfiguration {

    @Bean
    ProductFollower productFollower(
            CatalogProperties properties,
            EncodeLanes lanes,
            EventPublisher publisher,
            DeadLetters deadLetters,
            MeterRegistry meters,
            KafkaConnection kafka) {
        EmbeddedTexts known = new EmbeddedTexts();
        ProductEmbedder embedder =
                new ProductEmbedder(
                        lanes,
                        new KafkaEmbeddingTopic(publisher, deadLetters),
                        known,
                        properties.contentCacheSize().toBytes(),
                        meters);
        ProductFollower follower =
                new ProductFollower(kafka, properties, lanes.encoder().model(), embedder, known);
        Gauge.builder("embedding.catalog.behind", follower, ProductFollower::behind)
                .description("Product records that have not been looked at")
                .register(meters);
        return follower;
    }

    @Bean
    CatalogHealth catalogHealthIndicator(ProductFollower follower) {
        return new CatalogHealth(follower);
    }
}
