package dev.vitrine.index.intake;

import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what reads Kafka into PostgreSQL, of the writer role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
class IntakeConfiguration {

    @Bean
    BatchContainers batchContainers(@Value("${spring.kafka.bootstrap-servers}") String bootstrap) {
        return new BatchContainers(bootstrap);
    }
}
