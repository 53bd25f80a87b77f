package dev.vitrine.recommender.training;

import dev.vitrine.recommender.interaction.InteractionFollower;
import dev.vitrine.recommender.interaction.InteractionState;
import dev.vitrine.servicekit.CatalogDirectory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrainingProperties.class)
class TrainingConfiguration {

    @Bean(initMethod = "start")
    ModelKeeper modelKeeper(
            InteractionState state,
            CatalogDirectory directory,
            InteractionFollower reader,
            TrainingProperties properties,
            MeterRegistry meters) {
        ModelKeeper keeper = new ModelKeeper(state, directory, reader, properties, meters);
        Gauge.builder("recommender.training.behind", keeper, ModelKeeper::behind)
                .description("Events that models have not learned from")
                .register(meters);
        return keeper;
    }

    @Bean
    LearningHealth learningHealthIndicator(ModelKeeper keeper) {
        return new LearningHealth(keeper);
    }
}
