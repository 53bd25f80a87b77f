package dev.vitrine.recommender.algorithm.similar;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SimilarProperties.class)
class SimilarConfiguration {

    @Bean
    SimilarSearch similarSearch(SimilarProperties properties) {
        return new SimilarSearch(properties);
    }
}
