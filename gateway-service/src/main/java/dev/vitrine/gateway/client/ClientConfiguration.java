package dev.vitrine.gateway.client;

import dev.vitrine.servicekit.Dependency;
import dev.vitrine.servicekit.InternalClient;
import dev.vitrine.servicekit.ServiceConnections;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Wires the clients. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientProperties.class)
@LoadBalancerClients(defaultConfiguration = Replicas.class)
class ClientConfiguration {

    private static final String INDEX = "http://index";

    @Bean
    Services services(
            ClientProperties settings,
            RestClient.Builder builder,
            LoadBalancerClient balancer,
            Dependency indexDependency,
            Dependency indexWaitDependency,
            Dependency retrievalDependency,
            Dependency recommenderDependency) {
        // The interceptor is added here and not by @LoadBalanced on the builder: the routes of
        // Spring Cloud Gateway use the same builder and balance for themselves.
        RestClient balanced = builder.requestInterceptor(new ReplicaFailover(balancer)).build();
        return new Services(
                new InternalClient(balanced, INDEX, indexDependency),
                new InternalClient(balanced, INDEX, indexWaitDependency),
                new Forwarder(balanced.mutate().baseUrl(INDEX).build(), indexDependency),
                new InternalClient(balanced, "http://retrieval", retrievalDependency),
                new InternalClient(balanced, "http://recommender", recommenderDependency),
                settings.retryAfter());
    }

    @Bean
    Dependency indexDependency(ClientProperties settings, MeterRegistry meters) {
        return new Dependency("index", settings.index(), meters);
    }

    @Bean
    Dependency indexWaitDependency(ClientProperties settings, MeterRegistry meters) {
        return new Dependency("index-wait", settings.indexWait(), meters);
    }

    @Bean
    Dependency retrievalDependency(ClientProperties settings, MeterRegistry meters) {
        return new Dependency("retrieval", settings.retrieval(), meters);
    }

    @Bean
    Dependency recommenderDependency(ClientProperties settings, MeterRegistry meters) {
        return new Dependency("recommender", settings.recommender(), meters);
    }

    /** One pool for routes and clients. */
    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder>
            httpClient(ClientProperties settings) {
        return ServiceConnections.pool(settings.poolSize(), 3);
    }
}
