package dev.vitrine.gateway.alias;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.RequestContext;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code PUT} and {@code DELETE /v1/aliases/{alias}}: the writer decides, and the answer waits
 * until this gateway follows, so that the next request of the same client does. 202 when that takes
 * too long; the change is committed in either case.
 */
@RestController
@Hidden // one with the passed-through reading of aliases, described there
final class AliasController {

    private static final String ALIAS = "/v1/aliases/{alias}";

    private final Services services;
    private final CatalogNames names;
    private final Duration timeout;
    private final Clock clock;

    AliasController(Services services, CatalogNames names, Duration timeout, Clock clock) {
        this.services = services;
        this.names = names;
        this.timeout = timeout;
        this.clock = clock;
    }

    @RequestMapping(
            path = ALIAS,
            method = {RequestMethod.PUT, RequestMethod.DELETE})
    ResponseEntity<byte[]> change(
            HttpMethod method,
            @PathVariable String alias,
            @RequestHeader HttpHeaders headers,
            @RequestBody(required = false) byte @Nullable [] body,
            RequestContext request)
            throws InterruptedException {
        RequestContext context = request.until(Deadline.in(timeout, clock));
        ResponseEntity<byte[]> changed;
        try {
            changed =
                    services.indexForwarder()
                            .send(
                                    context,
                                    method,
                                    passedOn(headers),
                                    body == null ? new byte[0] : body,
                                    ALIAS,
                                    alias);
        } catch (DependencyException missing) {
            throw services.unavailable(missing);
        }
        int status = changed.getStatusCode().value();
        String tag = changed.getHeaders().getETag();
        if (changed.getStatusCode().is2xxSuccessful()
                && !followed(context.catalog(alias), tag, context)) {
            status = HttpStatus.ACCEPTED.value();
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        for (String kept :
                List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER)) {
            String value = changed.getHeaders().getFirst(kept);
            if (value != null) {
                answer.header(kept, value);
            }
        }
        byte[] document = changed.getBody();
        return document == null ? answer.build() : answer.body(document);
    }

    private boolean followed(CatalogRef name, @Nullable String tag, RequestContext context)
            throws InterruptedException {
        return tag != null
                && tag.matches("\"\\d{1,18}\"")
                && names.follows(
                        name,
                        Long.parseLong(tag.substring(1, tag.length() - 1)),
                        context.deadline());
    }

    private static HttpHeaders passedOn(HttpHeaders headers) {
        HttpHeaders kept = new HttpHeaders();
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        if (type != null) {
            kept.set(HttpHeaders.CONTENT_TYPE, type);
        }
        return kept;
    }
}
