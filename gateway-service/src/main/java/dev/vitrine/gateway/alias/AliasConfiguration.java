package dev.vitrine.gateway.alias;

import dev.vitrine.gateway.client.Services;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.KafkaConnection;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wires the names of catalogues. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AliasProperties.class)
class AliasConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AliasConfiguration.class);

    /** Not service-kit's own bean: that one makes the topics first, and waits long for a broker. */
    @Bean
    CatalogDirectory catalogDirectory(AliasProperties settings, KafkaConnection kafka)
            throws InterruptedException {
        CatalogDirectory directory = new CatalogDirectory("gateway", kafka);
        directory.start();
        if (!directory.awaitReady(settings.startWait())) {
            log.warn("catalogues and aliases are not known yet: no answer from Kafka at {}", kafka);
        }
        return directory;
    }

    @Bean
    CatalogNames catalogNames(CatalogDirectory catalogDirectory) {
        return new CatalogNames(catalogDirectory);
    }

    @Bean
    FilterRegistrationBean<AliasFilter> aliasFilter(CatalogNames names) {
        FilterRegistrationBean<AliasFilter> registration =
                new FilterRegistrationBean<>(new AliasFilter(names));
        // Behind the edge's filter, which says who asks, and before everything that reads paths.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    AliasController aliasController(
            Services services, CatalogNames names, AliasProperties settings, Clock clock) {
        return new AliasController(services, names, settings.timeout(), clock);
    }
}
