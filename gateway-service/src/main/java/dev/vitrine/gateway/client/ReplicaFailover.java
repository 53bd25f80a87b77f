package dev.vitrine.gateway.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Sends a request to a replica of the service that its address names, and to the next one when that
 * cannot be connected to, as happens while it restarts. Nothing has been sent then, so this is safe
 * for writes too; once a request is on its way it is not repeated. Thread-safe.
 */
final class ReplicaFailover implements ClientHttpRequestInterceptor {
    private static final Logger log = LoggerFactory.getLogger(ReplicaFailover.class);

    private final LoadBalancerClient balancer;

    /**
     * @param balancer chooses a replica, another one each time
     */
    ReplicaFailover(LoadBalancerClient balancer) {
        this.balancer = balancer;
    }

    @Override
    public ClientHttpResponse intercept(
            HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        try {
            return execution.execute(toReplica(request), body);
        } catch (ConnectException | ConnectTimeoutException notSent) {
            log.debug("{} goes to the next replica", request.getURI(), notSent);
            return execution.execute(toReplica(request), body);
        }
    }

    private HttpRequest toReplica(HttpRequest request) throws IOException {
        String service = request.getURI().getHost();
        ServiceInstance replica = balancer.choose(service);
        if (replica == null) {
            throw new IOException("no address of " + service + " is known");
        }
        URI address = balancer.reconstructURI(replica, request.getURI());
        return new HttpRequestWrapper(request) {
            @Override
            public URI getURI() {
                return address;
            }
        };
    }
}
