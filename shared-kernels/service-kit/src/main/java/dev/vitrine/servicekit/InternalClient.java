package dev.vitrine.servicekit;

import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * JSON calls to one other service, protected by a {@link Dependency}; the problems of the far side
 * become {@link ProblemException}s. Thread-safe.
 */
public final class InternalClient {

    private static final int FIRST_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    private final ServiceHttp http;
    private final Dependency dependency;

    /**
     * @param http the service
     * @param dependency protection around it
     */
    public InternalClient(ServiceHttp http, Dependency dependency) {
        this.http = http;
        this.dependency = dependency;
    }

    /** Name of the far side. */
    public String name() {
        return dependency.name();
    }

    /** POST with a JSON body; path variables as in URI templates. */
    public <T> T post(
            RequestContext context, Object body, Class<T> type, String path, Object... variables) {
        return post(context, body, reader(type), path, variables);
    }

    /** The same with an answer that the caller reads; a reader that fails is no answer. */
    public <T> T post(
            RequestContext context,
            Object body,
            Function<byte[], T> reader,
            String path,
            Object... variables) {
        return exchange("POST", context, body, reader, path, variables);
    }

    /** GET; path variables as in URI templates. */
    public <T> T get(RequestContext context, Class<T> type, String path, Object... variables) {
        return exchange("GET", context, null, reader(type), path, variables);
    }

    private static <T> Function<byte[], T> reader(Class<T> type) {
        return type == byte[].class ? type::cast : answer -> WireJson.read(answer, type);
    }

    private <T> T exchange(
            String method,
            RequestContext context,
            @Nullable Object body,
            Function<byte[], T> reader,
            String path,
            Object... variables) {
        return dependency.call(
                context.deadline(),
                () -> {
                    ClassicHttpRequest request = http.request(context, method, path, variables);
                    request.setHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON);
                    if (body != null) {
                        // As bytes, with their length: a stream would go out in chunks.
                        request.setEntity(
                                new ByteArrayEntity(
                                        WireJson.write(body), ContentType.APPLICATION_JSON));
                    }
                    return reader.apply(http.send(request, InternalClient::read));
                });
    }

    private static byte[] read(ClassicHttpResponse response) throws IOException {
        byte[] body = ServiceHttp.body(response);
        if (response.getCode() >= FIRST_ERROR) {
            throw problem(response, body);
        }
        return body;
    }

    /**
     * The far side's problem; an answer that is none becomes one with its status.
     *
     * @throws IOException when it is none and the fault is not ours: of a server that ends, or of
     *     what stands between
     */
    private static ProblemException problem(ClassicHttpResponse response, byte[] body)
            throws IOException {
        int status = response.getCode();
        ProblemException exception;
        try {
            Problem problem = WireJson.read(body, Problem.class);
            exception =
                    new ProblemException(
                                    new ErrorCode(problem.code(), status, problem.title()),
                                    Objects.requireNonNullElse(problem.detail(), problem.title()))
                            .withErrors(problem.errors());
        } catch (JacksonException | NullPointerException e) {
            if (status >= FIRST_SERVER_ERROR) {
                throw new IOException("status " + status + " without a problem body", e);
            }
            exception =
                    new ProblemException(
                            new ErrorCode(
                                    "INVALID_REQUEST",
                                    status,
                                    "Error answer without a problem body"),
                            "status " + status,
                            e);
        }
        Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        return retryAfter == null || !retryAfter.getValue().matches("\\d{1,6}")
                ? exception
                : exception.withRetryAfter(
                        Duration.ofSeconds(Long.parseLong(retryAfter.getValue())));
    }
}
