package dev.vitrine.gateway.client;

import dev.vitrine.contracts.wire.InternalHeaders;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Dependency;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

/** Passes a small request on as it is and gives the answer back as it came. Thread-safe. */
public final class Forwarder {

    private final RestClient http;
    private final Dependency dependency;

    Forwarder(RestClient http, Dependency dependency) {
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
                    RestClient.RequestBodySpec request =
                            http.method(method)
                                    .uri(path, variables)
                                    .headers(all -> all.putAll(headers))
                                    .header(InternalHeaders.TENANT, context.tenant())
                                    .header(
                                            InternalHeaders.DEADLINE_MILLIS,
                                            Long.toString(
                                                    context.deadline().remaining().toMillis()));
                    if (body.length > 0) {
                        request.body(body);
                    }
                    ResponseEntity<byte[]> answer =
                            Objects.requireNonNull(
                                    request.retrieve()
                                            .onStatus(
                                                    HttpStatusCode::isError, (sent, received) -> {})
                                            .toEntity(byte[].class));
                    if (turnedAway(answer.getStatusCode(), answer.getHeaders())) {
                        throw new ProblemException(
                                CommonErrors.UNAVAILABLE, dependency.name() + " ends");
                    }
                    return answer;
                });
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
