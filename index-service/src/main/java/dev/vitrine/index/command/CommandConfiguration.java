package dev.vitrine.index.command;

import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Wires what is remembered of commands, of the writer role: also a writer that reads none sweeps
 * deleted catalogues.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
class CommandConfiguration {

    @Bean
    CommandPositions commandPositions(JdbcClient jdbc) {
        return new CommandPositions(jdbc);
    }
}
