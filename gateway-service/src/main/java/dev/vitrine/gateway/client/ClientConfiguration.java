package dev.vitrine.gateway.client;

import dev.vitrine.servicekit.Dependency;
import dev.vitrine.servicekit.InternalClient;
import dev.vitrine.servicekit.ServiceConnections;
import dev.vitrine.servicekit.ServiceHttp;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the clients. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientProperties.class)
@LoadBalancerClients(defaultConfiguration = Replicas.class)
class ClientConfiguration {

    private static final int SERVICES = 3;

    @Bean
    Services services(
            ClientProperties settings,
            CloseableHttpClient http,
            LoadBalancerClient balancer,
            Dependency indexDependency,
            Dependency indexWaitDependency,
            Dependency retrievalDependency,
            Dependency recommenderDependency) {
        ServiceHttp index = new ServiceHttp(http, new ReplicaChoice(balancer, "index"));
        ServiceHttp retrieval = new ServiceHttp(http, new ReplicaChoice(balancer, "retrieval"));
        ServiceHttp recommender = new ServiceHttp(http, new ReplicaChoice(balancer, "recommender"));
        return new Services(
                new InternalClient(index, indexDependency),
                new InternalClient(index, indexWaitDependency),
                new Forwarder(index, indexDependency),
                new InternalClient(retrieval, retrievalDependency),
                new InternalClient(recommender, recommenderDependency),
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

    @Bean
    CloseableHttpClient serviceConnections(HttpClientSettings http, ClientProperties settings) {
        return ServiceConnections.client(http, settings.poolSize(), SERVICES);
    }

    /** For the routes of Spring Cloud Gateway. */
    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder>
            routeConnections(ClientProperties settings) {
        return ServiceConnections.pool(settings.poolSize(), SERVICES);
    }
}
