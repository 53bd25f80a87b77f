package dev.vitrine.gateway.recommend;

import dev.vitrine.gateway.client.Services;
import dev.vitrine.gateway.event.ServedLog;
import java.time.Clock;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires recommendations. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SimilarProperties.class)
class RecommendConfiguration {

    @Bean
    SimilarFinder similarFinder(Services services, SimilarProperties settings, Clock clock) {
        return new SimilarFinder(services, settings, RecommendConfiguration::newId, clock);
    }

    @Bean
    SimilarController similarController(SimilarFinder finder, ServedLog served) {
        return new SimilarController(finder, served);
    }

    @Bean
    RecommendationController recommendationController(
            Services services,
            SimilarFinder similar,
            SimilarProperties settings,
            ServedLog served,
            Clock clock) {
        return new RecommendationController(
                new RecommendationFinder(
                        services, similar, settings, RecommendConfiguration::newId, clock),
                served);
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
