package dev.vitrine.index.idempotency;

import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the idempotency keys of the writer role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
@EnableConfigurationProperties(IdempotencyProperties.class)
class IdempotencyConfiguration {

    @Bean
    IdempotencyKeys idempotencyKeys(
            JdbcClient jdbc, IdempotencyProperties properties, Clock clock) {
        return new IdempotencyKeys(jdbc, properties, clock);
    }
}
