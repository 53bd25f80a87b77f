package dev.vitrine.gateway.client;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.cloud.loadbalancer.support.ServiceInstanceListSuppliers;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The replicas of one service for its load balancer: the addresses in the settings, read once. The
 * library's own list asks for them on another thread with a time-out at every request.
 */
class Replicas {

    @Bean
    ServiceInstanceListSupplier replicasOfService(
            Environment environment, DiscoveryClient discovery) {
        String service = environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME);
        return ServiceInstanceListSuppliers.from(
                service, discovery.getInstances(service).toArray(ServiceInstance[]::new));
    }
}
