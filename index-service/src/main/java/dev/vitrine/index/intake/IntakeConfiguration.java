package dev.vitrine.index.intake;

import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.KafkaConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what reads Kafka into PostgreSQL, of the writer role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
class IntakeConfiguration {

    @Bean
    BatchContainers batchContainers(KafkaConnection kafka) {
        return new BatchContainers(kafka);
    }
}
