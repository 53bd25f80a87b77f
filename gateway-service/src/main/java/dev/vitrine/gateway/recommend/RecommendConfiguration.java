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
    SimilarController similarController(
            Services services, SimilarProperties settings, ServedLog served, Clock clock) {
        return new SimilarController(
                new SimilarFinder(
                        services,
                        settings,
                        () -> UUID.randomUUID().toString().replace("-", ""),
                        clock),
                served);
    }
}
