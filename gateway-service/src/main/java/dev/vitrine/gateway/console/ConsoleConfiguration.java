package dev.vitrine.gateway.console;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what the page needs; its files are served by Spring from {@code static/}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
class ConsoleConfiguration {

    @Bean
    ConsoleController consoleController(ConsoleProperties settings) {
        return new ConsoleController(settings);
    }
}
