package dev.vitrine.gateway.client;

import dev.vitrine.servicekit.Dependency;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.ServiceHttp;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/** Passes a small request on as it is and gives the answer back as it came. Thread-safe. */
public final class Forwarder {

    private final ServiceHttp http;
    private final Dependency dependency;

    Forwarder(ServiceHttp http, Dependency dependency) {
        this.http = http;
        this.dependency = dependency;
    }

    /**
     * Sends a request; path variables as in URI templates.
     *
     * @param headers headers to send along
     * @param body empty = none
     * @return the answer, whatever its status
     * @throws DependencyException when there is none
     */
    public ResponseEntity<byte[]> send(
            RequestContext context,
            HttpMethod method,
            HttpHeaders headers,
            byte[] body,
            String path,
            Object... variables) {
        return dependency.call(
                context.deadline(),
                () -> {
                    ClassicHttpRequest request =
                            http.request(context, method.name(), path, variables);
                    headers.forEach((name, values) ->
                            values.forEach(value -> request.addHeader(name, value)));
                    if (body.length > 0) {
                        request.setEntity(new ByteArrayEntity(body, null));
                    }
                    ResponseEntity<byte[]> answer = http.send(request, Forwarder::answer);
                    if (turnedAway(answer.getStatusCode(), answer.getHeaders())) {
                        throw new IOException(dependency.name() + " ends");
                    }
                    return answer;
                });
    }

    private static ResponseEntity<byte[]> answer(ClassicHttpResponse received) throws IOException {
        HttpHeaders headers = new HttpHeaders();
        for (Header header : received.getHeaders()) {
            headers.add(header.getName(), header.getValue());
        }
        return ResponseEntity.status(received.getCode())
                .headers(headers)
                .body(ServiceHttp.body(received));
    }

    /**
     * Whether a request was not even looked at: the answer of a server that waits for the requests
     * under way before it ends is a bare 503, which is no answer for a client.
     */
    public static boolean turnedAway(HttpStatusCode status, HttpHeaders headers) {
        return status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
                && headers.getContentType() == null;
    }
}
