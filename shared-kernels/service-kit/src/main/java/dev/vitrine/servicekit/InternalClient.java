package dev.vitrine.servicekit;

import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.Problem;
import dev.vitrine.contracts.wire.InternalHeaders;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;

/**
 * JSON calls to one other service: sets tenant and deadline, protects by a {@link Dependency}, and
 * turns the problems of the far side into {@link ProblemException}. Thread-safe.
 */
public final class InternalClient {

    private final RestClient http;
    private final Dependency dependency;

    /**
     * @param http client with the base address of the service (a balanced one where replicas are)
     * @param dependency protection around it
     */
    public InternalClient(RestClient http, Dependency dependency) {
        // The dependency measures each call; an observation of it would be a second clock.
        this.http = http.mutate().observationRegistry(ObservationRegistry.NOOP).build();
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
        return dependency.call(
                context.deadline(),
                () -> {
                    RestClient.RequestBodySpec request =
                            http.method(method)
                                    .uri(path, variables)
                                    .accept(MediaType.APPLICATION_JSON)
                                    .header(InternalHeaders.TENANT, context.tenant())
                                    .header(
                                            InternalHeaders.DEADLINE_MILLIS,
                                            Long.toString(
                                                    context.deadline().remaining().toMillis()));
                    if (body != null) {
                        request.contentType(MediaType.APPLICATION_JSON).body(body);
                    }
                    T answer =
                            request.retrieve()
                                    .onStatus(
                                            status -> status.isError(),
                                            (sent, response) -> {
                                                throw problem(response);
                                            })
                                    .body(type);
                    return Objects.requireNonNull(answer, "empty answer");
                });
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
