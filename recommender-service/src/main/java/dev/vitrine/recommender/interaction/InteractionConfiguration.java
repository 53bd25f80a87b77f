package dev.vitrine.recommender.interaction;

import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.DeadLetters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InteractionProperties.class)
class InteractionConfiguration {

    @Bean
    InteractionState interactionState(InteractionProperties properties, MeterRegistry meters) {
        return new InteractionState(properties, meters);
    }

    @Bean(initMethod = "start")
    InteractionFollower interactionReader(
            @Value("${spring.kafka.bootstrap-servers}") String bootstrap,
            InteractionState state,
            CatalogDirectory directory,
            DeadLetters letters,
            Clock clock,
            MeterRegistry meters) {
        InteractionFollower reader =
                new InteractionFollower(bootstrap, state, directory, letters, clock);
        Gauge.builder("recommender.interaction.behind", reader, InteractionFollower::behind)
                .description("Events that are not applied yet")
                .register(meters);
        return reader;
    }
}
