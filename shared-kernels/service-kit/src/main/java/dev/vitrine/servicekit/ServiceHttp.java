package dev.vitrine.servicekit;

import dev.vitrine.contracts.wire.InternalHeaders;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.UriUtils;

/**
 * HTTP to one other service, with tenant and deadline in every request. Thread-safe.
 *
 * <p>When a host cannot be connected to, as happens while a replica restarts, the request goes to
 * the next one. Nothing has been sent then, so this is safe for writes too. Once a request is on
 * its way only a GET or HEAD is repeated, once, when the connection breaks.
 */
public final class ServiceHttp {

    private static final Logger log = LoggerFactory.getLogger(ServiceHttp.class);

    private final HttpClient http;
    private final HostChoice hosts;
    private final String prefix;

    /** A service that may have several replicas. */
    public ServiceHttp(HttpClient http, HostChoice hosts) {
        this(http, hosts, "");
    }

    private ServiceHttp(HttpClient http, HostChoice hosts, String prefix) {
        this.http = http;
        this.hosts = hosts;
        this.prefix = prefix;
    }

    /**
     * A service at one address.
     *
     * @param address scheme, host and port, and what all its paths begin with
     */
    public static ServiceHttp at(HttpClient http, URI address) {
        HttpHost host = HttpHost.create(address);
        return new ServiceHttp(http, () -> host, address.getRawPath());
    }

    /** Begins a request; path variables as in URI templates. */
    public ClassicHttpRequest request(
            RequestContext context, String method, String path, Object... variables) {
        ClassicHttpRequest request =
                new BasicClassicHttpRequest(method, prefix + expand(path, variables));
        request.setHeader(InternalHeaders.TENANT, context.tenant());
        request.setHeader(
                InternalHeaders.DEADLINE_MILLIS, context.deadline().remaining().toMillis());
        return request;
    }

    /**
     * Sends a request.
     *
     * @param handler reads the answer, whatever its status
     * @throws IOException when there is none
     */
    public <T> T send(ClassicHttpRequest request, HttpClientResponseHandler<T> handler)
            throws IOException {
        try {
            return sendTo(hosts.next(), request, handler);
        } catch (ConnectException | ConnectTimeoutException notSent) {
            log.debug("{} goes to the next host", request, notSent);
            return sendTo(hosts.next(), request, handler);
        }
    }

    private <T> T sendTo(
            HttpHost host, ClassicHttpRequest request, HttpClientResponseHandler<T> handler)
            throws IOException {
        request.setScheme(host.getSchemeName());
        request.setAuthority(new URIAuthority(host));
        return http.execute(host, request, handler);
    }

    /** The body of an answer; empty when there is none. */
    public static byte[] body(ClassicHttpResponse answer) throws IOException {
        HttpEntity entity = answer.getEntity();
        byte[] body = entity == null ? null : EntityUtils.toByteArray(entity);
        return body == null ? new byte[0] : body;
    }

    private static String expand(String path, Object... variables) {
        StringBuilder expanded = new StringBuilder();
        int from = 0;
        for (Object variable : variables) {
            int open = path.indexOf('{', from);
            expanded.append(path, from, open)
                    .append(UriUtils.encode(variable.toString(), StandardCharsets.UTF_8));
            from = path.indexOf('}', open) + 1;
        }
        return expanded.append(path, from, path.length()).toString();
    }
}
