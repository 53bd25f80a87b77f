package dev.vitrine.index.task;

import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.index.transaction.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the tasks of the writer role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
@EnableConfigurationProperties(TaskProperties.class)
class TaskConfiguration {

    @Bean
    Tasks tasks(JdbcClient jdbc, TaskProperties properties, Clock clock) {
        return new Tasks(jdbc, UUID.randomUUID().toString(), properties, clock);
    }

    @Bean
    TaskKeeper taskKeeper(Tasks tasks, List<Housekeeping> housekeeping, Transactions transactions) {
        return new TaskKeeper(tasks, housekeeping, transactions);
    }

    // The component scan finds nested classes by themselves, so the role is asked for again.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(Role.WRITER)
    static class Endpoints {

        @Bean
        TaskController taskController(
                Tasks tasks, Transactions transactions, TaskProperties properties) {
            return new TaskController(tasks, transactions, properties.listMax());
        }
    }
}
