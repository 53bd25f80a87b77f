package dev.vitrine.gateway.task;

import dev.vitrine.gateway.client.Services;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the tasks. */
@Configuration(proxyBeanMethods = false)
class TaskConfiguration {

    @Bean
    TaskController taskController(
            Services services, @Value("${gateway.catalog.timeout:10s}") Duration timeout) {
        return new TaskController(services, timeout);
    }
}
