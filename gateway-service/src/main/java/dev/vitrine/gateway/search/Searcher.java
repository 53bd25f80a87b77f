package dev.vitrine.gateway.search;

import dev.vitrine.gateway.client.Services;
import dev.vitrine.gateway.event.ServedLog;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.time.Clock;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * Sends a search to retrieval-service with its deadline. The request is passed on as it came: what
 * is right in it is decided in one place, and pointers fit what the user wrote. Thread-safe.
 */
final class Searcher {

    private final Services services;
    private final SearchProperties settings;
    private final ServedLog served;
    private final Clock clock;

    Searcher(Services services, SearchProperties settings, ServedLog served, Clock clock) {
        this.services = services;
        this.settings = settings;
        this.served = served;
        this.clock = clock;
    }

    /**
     * Answers one search.
     *
     * @param type form of the answer: {@code byte[]} to pass it on, {@code JsonNode} to join it
     * @throws ProblemException when the request is wrong or cannot be answered
     */
    <T> T search(String catalog, JsonNode request, RequestContext context, Class<T> type) {
        String name = context.catalog(catalog).catalog();
        try {
            T answer =
                    services.retrieval()
                            .post(
                                    context.until(Deadline.in(time(request), clock)),
                                    request,
                                    type,
                                    "/v1/catalogs/{catalog}/search",
                                    name);
            switch (answer) {
                case byte[] bytes -> served.searched(context.tenant(), name, request, bytes);
                case JsonNode tree -> served.searched(context.tenant(), name, request, tree);
                default -> throw new IllegalArgumentException("not a form of answers: " + type);
            }
            return answer;
        } catch (DependencyException missing) {
            throw services.unavailable(missing);
        }
    }

    /** A time that makes no sense is left for retrieval-service to refuse. */
    private Duration time(JsonNode request) {
        JsonNode millis = request.path("timeoutMs");
        if (!millis.isIntegralNumber() || !millis.canConvertToLong()) {
            return settings.timeout();
        }
        Duration asked = Duration.ofMillis(millis.longValue());
        return asked.isPositive() && asked.compareTo(settings.timeoutMax()) <= 0
                ? asked
                : settings.timeout();
    }
}
