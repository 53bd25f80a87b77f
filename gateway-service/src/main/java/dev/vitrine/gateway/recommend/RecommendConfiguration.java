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
    RecommendationFinder recommendationFinder(
            Services services, SimilarProperties settings, Clock clock) {
        ProductFields fields = new ProductFields(services);
        return new RecommendationFinder(
                new RecommenderPicks(services, fields, settings.recommenderShare()),
                new NearestByVector(services, fields, settings.floor()),
                settings.timeout(),
                RecommendConfiguration::newId,
                clock);
    }

    @Bean
    SimilarController similarController(RecommendationFinder finder, ServedLog served) {
        return new SimilarController(finder, served);
    }

    @Bean
    RecommendationController recommendationController(
            RecommendationFinder finder, ServedLog served) {
        return new RecommendationController(finder, served);
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
