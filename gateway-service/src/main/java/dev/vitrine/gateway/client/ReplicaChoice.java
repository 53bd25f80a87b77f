package dev.vitrine.gateway.client;

import dev.vitrine.servicekit.HostChoice;
import java.io.IOException;
import org.apache.hc.core5.http.HttpHost;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;

/** The replicas of a service in turn, as the load balancer has it. */
final class ReplicaChoice implements HostChoice {

    private final LoadBalancerClient balancer;
    private final String service;

    ReplicaChoice(LoadBalancerClient balancer, String service) {
        this.balancer = balancer;
        this.service = service;
    }

    @Override
    public HttpHost next() throws IOException {
        ServiceInstance replica = balancer.choose(service);
        if (replica == null) {
            throw new IOException("no address of " + service + " is known");
        }
        return new HttpHost(
                replica.isSecure() ? "https" : "http", replica.getHost(), replica.getPort());
    }
}
