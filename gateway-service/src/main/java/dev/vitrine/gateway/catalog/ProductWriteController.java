package dev.vitrine.gateway.catalog;

import dev.vitrine.contracts.catalog.WriteResult;
import dev.vitrine.contracts.index.AppliedResult;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.gateway.task.SearchableTask;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;

/**
 * Product writes with {@code ?wait=searchable}: the write is passed on, then the shard is asked
 * until it has applied it. 202 when that takes too long, with the task that tells when; the write
 * itself is committed in either case.
 */
@RestController
@Hidden // one with the passed-through write, described there
final class ProductWriteController {

    private static final Logger log = LoggerFactory.getLogger(ProductWriteController.class);
    private static final List<String> PASSED_ON =
            List.of(
                    HttpHeaders.CONTENT_TYPE,
                    HttpHeaders.IF_MATCH,
                    HttpHeaders.IF_NONE_MATCH,
                    "Idempotency-Key");

    private final Services services;
    private final WriteProperties settings;
    private final Clock clock;

    ProductWriteController(Services services, WriteProperties settings, Clock clock) {
        this.services = services;
        this.settings = settings;
        this.clock = clock;
    }

    @RequestMapping(
            path = CatalogRoutes.PRODUCT,
            params = "wait",
            method = {RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    ResponseEntity<byte[]> write(
            HttpMethod method,
            @PathVariable String catalog,
            @PathVariable String id,
            @RequestParam String wait,
            @RequestParam(required = false) @Nullable String timeout,
            @RequestHeader HttpHeaders headers,
            @RequestBody(required = false) byte @Nullable [] body,
            RequestContext request) {
        if (!wait.equals("searchable")) {
            throw invalid("wait", "can only be 'searchable'");
        }
        Duration patience = timeout == null ? settings.waitTimeout() : timeout(timeout);
        String name = request.catalog(catalog).catalog();
        RequestContext writing = request.until(Deadline.in(settings.timeout(), clock));
        ResponseEntity<byte[]> written =
                forward(writing, method, passedOn(headers), body, name, id);
        if (!written.getStatusCode().is2xxSuccessful()) {
            return copy(written.getStatusCode().value(), written);
        }
        OptionalLong version = version(written);
        RequestContext waiting = request.until(Deadline.in(patience, clock));
        if (version.isPresent() && applied(waiting, name, id, version.getAsLong())) {
            return copy(written.getStatusCode().value(), written);
        }
        ResponseEntity<byte[]> accepted = copy(HttpStatus.ACCEPTED.value(), written);
        return version.isEmpty()
                ? accepted
                : ResponseEntity.status(accepted.getStatusCode())
                        .headers(accepted.getHeaders())
                        .location(
                                URI.create(
                                        "/v1/tasks/"
                                                + new SearchableTask(name, version.getAsLong(), id)
                                                        .id()))
                        .body(accepted.getBody());
    }

    private ResponseEntity<byte[]> forward(
            RequestContext context,
            HttpMethod method,
            HttpHeaders headers,
            byte @Nullable [] body,
            String catalog,
            String id) {
        try {
            return services.indexForwarder()
                    .send(
                            context,
                            method,
                            headers,
                            body == null ? new byte[0] : body,
                            CatalogRoutes.PRODUCT,
                            catalog,
                            id);
        } catch (DependencyException missing) {
            throw services.unavailable(missing);
        }
    }

    private boolean applied(RequestContext context, String catalog, String id, long version) {
        try {
            return services.indexWait()
                    .get(
                            context,
                            AppliedResult.class,
                            "/internal/v1/catalogs/{catalog}/applied?id={id}&version={version}"
                                    + "&timeoutMs={timeout}",
                            catalog,
                            id,
                            version,
                            // A little less, so that "no" arrives before the call is given up.
                            Math.max(1, context.deadline().share(0.9).remaining().toMillis()))
                    .applied();
        } catch (DependencyException | ProblemException notKnown) {
            log.debug("cannot tell whether version {} is searchable", version, notKnown);
            return false;
        }
    }

    /** From the body, where every write tells it; from the ETag if the body is something else. */
    private static OptionalLong version(ResponseEntity<byte[]> written) {
        byte[] body = written.getBody();
        if (body != null && body.length > 0) {
            try {
                WriteResult result = WireJson.read(body, WriteResult.class);
                if (result.version() > 0) {
                    return OptionalLong.of(result.version());
                }
            } catch (JacksonException noWriteResult) {
                log.debug("a write was answered with another body", noWriteResult);
            }
        }
        String etag = written.getHeaders().getETag();
        return etag != null && etag.matches("\"\\d{1,18}\"")
                ? OptionalLong.of(Long.parseLong(etag.substring(1, etag.length() - 1)))
                : OptionalLong.empty();
    }

    private static ResponseEntity<byte[]> copy(int status, ResponseEntity<byte[]> answer) {
        ResponseEntity.BodyBuilder copy = ResponseEntity.status(status);
        for (String name :
                List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER)) {
            String value = answer.getHeaders().getFirst(name);
            if (value != null) {
                copy.header(name, value);
            }
        }
        byte[] body = answer.getBody();
        return body == null ? copy.build() : copy.body(body);
    }

    private static HttpHeaders passedOn(HttpHeaders headers) {
        HttpHeaders kept = new HttpHeaders();
        for (String name : PASSED_ON) {
            List<String> values = headers.get(name);
            if (values != null) {
                kept.put(name, values);
            }
        }
        return kept;
    }

    private Duration timeout(String text) {
        Duration timeout;
        try {
            timeout = DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException | ArithmeticException notADuration) {
            throw invalid("timeout", "expected a duration such as 5s or 500ms");
        }
        if (timeout.isNegative() || timeout.compareTo(settings.waitTimeoutMax()) > 0) {
            throw invalid(
                    "timeout", "must be 0 to " + settings.waitTimeoutMax().toMillis() + " ms");
        }
        return timeout;
    }

    private static ProblemException invalid(String parameter, String message) {
        return new ProblemException(
                        CommonErrors.INVALID_PARAMETER, "'" + parameter + "' " + message)
                .withErrors(List.of(new FieldError(parameter, message)));
    }
}
