package dev.vitrine.gateway.event;

import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.Dependency;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.ServiceKitProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the events. The publisher is made here and not by service-kit's switch, which waits for
 * Kafka to make the topics: the edge must start, and search, without Kafka.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventProperties.class)
class EventConfiguration {

    @Bean
    EventPublisher eventPublisher(ServiceKitProperties kit, KafkaConnection kafka, Clock clock) {
        return new EventPublisher("/vitrine/gateway", kafka, kit.eventDelivery(), clock);
    }

    /** Nobody waits for what was served to be written, so it goes in batches. */
    @Bean
    EventPublisher servedPublisher(
            ServiceKitProperties kit,
            EventProperties settings,
            KafkaConnection kafka,
            Clock clock) {
        return new EventPublisher(
                "/vitrine/gateway", kafka, kit.eventDelivery(), settings.servedLinger(), clock);
    }

    @Bean
    Dependency kafkaDependency(EventProperties settings, MeterRegistry meters) {
        return new Dependency("kafka", settings.kafka(), meters);
    }

    @Bean
    EventController eventController(
            CatalogDirectory catalogDirectory,
            EventPublisher eventPublisher,
            Dependency kafkaDependency,
            EventProperties settings,
            Clock clock) {
        return new EventController(
                new EventIntake(
                        catalogDirectory,
                        new InteractionWriter(eventPublisher),
                        kafkaDependency,
                        settings,
                        clock));
    }

    @Bean(initMethod = "start")
    ServedLog servedLog(
            EventPublisher servedPublisher,
            EventProperties settings,
            MeterRegistry meters,
            Clock clock) {
        return new ServedLog(new InteractionWriter(servedPublisher), settings, meters, clock);
    }
}
