package dev.vitrine.gateway.catalog;

import dev.vitrine.gateway.client.Services;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Wires catalogues, products and imports. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WriteProperties.class, ImportProperties.class})
class CatalogConfiguration {

    @Bean
    RouterFunction<ServerResponse> catalogRoutes(Services services) {
        return new CatalogRoutes(services.retryAfter()).routes();
    }

    @Bean
    CatalogController catalogController(Services services, WriteProperties settings) {
        return new CatalogController(services, settings.timeout());
    }

    @Bean
    ProductWriteController productWriteController(
            Services services, WriteProperties settings, Clock clock) {
        return new ProductWriteController(services, settings, clock);
    }

    @Bean
    ImportController importController(
            LoadBalancerClient balancer, ImportProperties settings, Services services) {
        return new ImportController(balancer, settings, services.retryAfter());
    }
}
