package dev.vitrine.recommender.interaction;

import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.KafkaConnection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InteractionProperties.class)
class InteractionConfiguration {

    @Bean
    InteractionState interactionState(InteractionProperties properties, MeterRegistry meters) {
        long budget = Runtime.getRuntime().maxMemory() / 100 * properties.heapPercent();
        return new InteractionState(properties, budget, meters);
    }

    @Bean(initMethod = "start")
    InteractionFollower interactionReader(
            KafkaConnection kafka,
            InteractionState state,
            CatalogDirectory directory,
            DeadLetters letters,
            Clock clock,
            MeterRegistry meters) {
        InteractionFollower reader =
                new InteractionFollower(kafka, state, directory, letters, clock);
        Gauge.builder("recommender.interaction.behind", reader, InteractionFollower::behind)
                .description("Events that are not applied yet")
                .register(meters);
        return reader;
    }
}
