package dev.vitrine.servicekit;

import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.Problem;
import dev.vitrine.contracts.wire.InternalHeaders;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;

/**
 * JSON calls to one other service: sets tenant and deadline, protects by a {@link Dependency}, and
 * turns the problems of the far side into {@link ProblemException}. Thread-safe.
 */
public final class InternalClient {

    private final RestClient http;
    private final String base;
    private final Dependency dependency;

    /**
     * @param http client
     * @param base address of the service (a name where the client balances between replicas)
     * @param dependency protection around it
     */
    public InternalClient(RestClient http, String base, Dependency dependency) {
        // The dependency measures each call; an observation of it would be a second clock.
        this.http = http.mutate().observationRegistry(ObservationRegistry.NOOP).build();
        this.base = base;
        this.dependency = dependency;
    }

    /** Name of the far side. */
    public String name() {
        return dependency.name();
    }

    /** POST with a JSON body; path variables as in URI templates. */
    public <T> T post(
            RequestContext context, Object body, Class<T> type, String path, Object... variables) {
        return exchange(HttpMethod.POST, context, body, type, path, variables);
    }

    /** GET; path variables as in URI templates. */
    public <T> T get(RequestContext context, Class<T> type, String path, Object... variables) {
        return exchange(HttpMethod.GET, context, null, type, path, variables);
    }

    private <T> T exchange(
            HttpMethod method,
            RequestContext context,
            @Nullable Object body,
            Class<T> type,
            String path,
            Object... variables) {
        URI address = address(path, variables);
        return dependency.call(
                context.deadline(),
                () -> {
                    RestClient.RequestBodySpec request =
                            http.method(method)
                                    .uri(address)
                                    .accept(MediaType.APPLICATION_JSON)
                                    .header(InternalHeaders.TENANT, context.tenant())
                                    .header(
                                            InternalHeaders.DEADLINE_MILLIS,
                                            Long.toString(
                                                    context.deadline().remaining().toMillis()));
                    if (body != null) {
                        // As bytes, with their length: a stream would go out in chunks.
                        request.contentType(MediaType.APPLICATION_JSON).body(WireJson.write(body));
                    }
                    byte[] answer =
                            Objects.requireNonNull(
                                    request.exchange((sent, response) -> read(response)));
                    return type == byte[].class ? type.cast(answer) : WireJson.read(answer, type);
                });
    }

    private URI address(String path, Object... variables) {
        StringBuilder address = new StringBuilder(base);
        int from = 0;
        for (Object variable : variables) {
            int open = path.indexOf('{', from);
            address.append(path, from, open)
                    .append(UriUtils.encode(variable.toString(), StandardCharsets.UTF_8));
            from = path.indexOf('}', open) + 1;
        }
        return URI.create(address.append(path, from, path.length()).toString());
    }

    private static byte[] read(ClientHttpResponse response) throws IOException {
        if (response.getStatusCode().isError()) {
            throw problem(response);
        }
        return response.getBody().readAllBytes();
    }

    /** The far side's problem; an answer that is none becomes one with its status. */
    private static ProblemException problem(ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        byte[] body = response.getBody().readAllBytes();
        ProblemException exception;
        try {
            Problem problem = WireJson.read(body, Problem.class);
            exception =
                    new ProblemException(
                                    new ErrorCode(problem.code(), status, problem.title()),
                                    Objects.requireNonNullElse(problem.detail(), problem.title()))
                            .withErrors(problem.errors());
        } catch (JacksonException | NullPointerException e) {
            exception =
                    new ProblemException(
                            new ErrorCode(
                                    status < 500 ? "INVALID_REQUEST" : "UNAVAILABLE",
                                    status,
                                    "Error answer without a problem body"),
                            "status " + status,
                            e);
        }
        String retryAfter = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        return retryAfter == null || !retryAfter.matches("\\d{1,6}")
                ? exception
                : exception.withRetryAfter(Duration.ofSeconds(Long.parseLong(retryAfter)));
    }
}
