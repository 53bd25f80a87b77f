package dev.vitrine.gateway.client;

import java.io.IOException;
import java.net.ConnectException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Asks the next replica when one cannot be connected to, as happens while it restarts. Nothing has
 * been sent then, so this is safe for writes too; once a request is on its way it is not repeated.
 * Thread-safe.
 */
final class ReplicaFailover implements ClientHttpRequestInterceptor {
    private static final Logger log = LoggerFactory.getLogger(ReplicaFailover.class);

    private final ClientHttpRequestInterceptor balancer;

    /**
     * @param balancer chooses a replica, another one each time
     */
    ReplicaFailover(ClientHttpRequestInterceptor balancer) {
        this.balancer = balancer;
    }

    @Override
    public ClientHttpResponse intercept(
            HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        try {
            return balancer.intercept(request, body, execution);
        } catch (ConnectException | ConnectTimeoutException notSent) {
            log.debug("{} goes to the next replica", request.getURI(), notSent);
            return balancer.intercept(request, body, execution);
        }
    }
}
