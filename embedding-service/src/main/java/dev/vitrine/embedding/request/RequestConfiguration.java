package dev.vitrine.embedding.request;

import dev.vitrine.embedding.cache.VectorCache;
import dev.vitrine.embedding.encode.EncodeLanes;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestProperties.class)
class RequestConfiguration {

    @Bean
    EmbeddingRequestReader embeddingRequestReader(RequestProperties limits) {
        return new EmbeddingRequestReader(limits);
    }

    @Bean
    TextEmbedder textEmbedder(EncodeLanes lanes, VectorCache cache, MeterRegistry meters) {
        return new TextEmbedder(lanes, cache, meters);
    }
}
