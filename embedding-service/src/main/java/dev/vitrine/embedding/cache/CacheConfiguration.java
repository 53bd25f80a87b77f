package dev.vitrine.embedding.cache;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CacheProperties.class)
class CacheConfiguration {

    @Bean
    VectorCache vectorCache(CacheProperties properties, MeterRegistry meters) {
        return new VectorCache(properties, meters);
    }
}
