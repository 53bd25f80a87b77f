package dev.vitrine.gateway.catalog;

import static org.springframework.cloud.gateway.server.mvc.filter.LoadBalancerFilterFunctions.lb;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.DELETE;
import static org.springframework.web.servlet.function.RequestPredicates.GET;
import static org.springframework.web.servlet.function.RequestPredicates.PATCH;
import static org.springframework.web.servlet.function.RequestPredicates.PUT;
import static org.springframework.web.servlet.function.RequestPredicates.param;

import dev.vitrine.gateway.client.Forwarder;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What passes through to the index writer unchanged. Product writes that wait for the shard are
 * left to {@link ProductWriteController}, single catalogues to {@link CatalogController}.
 */
final class CatalogRoutes {

    private static final Logger log = LoggerFactory.getLogger(CatalogRoutes.class);

    static final String CATALOGS = "/v1/catalogs";
    static final String CATALOG = "/v1/catalogs/{catalog}";
    static final String PRODUCT = "/v1/catalogs/{catalog}/products/{id}";
    static final String IMPORT = "/v1/catalogs/{catalog}/products:import";

    private static final String ALIASES = "/v1/aliases";
    private static final String ALIAS = "/v1/aliases/{alias}";
    private static final String TASKS = "/v1/tasks";

    private final HandlerFilterFunction<ServerResponse, ServerResponse> nextReplica = lb("index");
    private final Duration retryAfter;

    CatalogRoutes(Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    RouterFunction<ServerResponse> routes() {
        RequestPredicate waits = param("wait", value -> true);
        return GatewayRouterFunctions.route("catalogs")
                .route(GET(ALIASES).or(GET(ALIAS)).or(GET(TASKS)), http())
                .route(GET(CATALOGS).or(PUT(CATALOG)).or(DELETE(CATALOG)).or(GET(PRODUCT)), http())
                .route(
                        PUT(PRODUCT).or(PATCH(PRODUCT)).or(DELETE(PRODUCT)).and(waits.negate()),
                        http())
                .filter(this::answerProblems)
                .build();
    }

    private ServerResponse answerProblems(
            ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        try {
            ServerResponse answer = send(request, next);
            readWhole(request);
            if (Forwarder.turnedAway(answer.statusCode(), answer.headers())) {
                throw unavailable(null);
            }
            return answer;
        } catch (ResourceAccessException | HttpServerErrorException | IOException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof ProblemException problem) {
                    // The body turned out too large while it was passed on.
                    throw problem;
                }
            }
            throw unavailable(failed);
        }
    }

    /** A replica that takes no connection has seen nothing: writes too may go to the next one. */
    private ServerResponse send(ServerRequest request, HandlerFunction<ServerResponse> next)
            throws Exception {
        try {
            return nextReplica.filter(request, next);
        } catch (ResourceAccessException failed) {
            if (!(failed.getCause() instanceof ConnectException
                    || failed.getCause() instanceof ConnectTimeoutException)) {
                throw failed;
            }
            log.debug("{} goes to the next index", request.path(), failed);
            return nextReplica.filter(request, next);
        }
    }

    /**
     * Reads the answer, which is small, and gives the connection back. It would be read while it is
     * written to the client: too late for an error when the index breaks it off.
     */
    private static void readWhole(ServerRequest request) throws IOException {
        InputStream answer =
                MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR);
        if (answer != null) {
            try (answer) {
                MvcUtils.putAttribute(
                        request,
                        MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR,
                        new ByteArrayInputStream(answer.readAllBytes()));
            }
        }
    }

    private ProblemException unavailable(@Nullable Exception cause) {
        return new ProblemException(CommonErrors.UNAVAILABLE, "index does not answer", cause)
                .withRetryAfter(retryAfter);
    }
}
