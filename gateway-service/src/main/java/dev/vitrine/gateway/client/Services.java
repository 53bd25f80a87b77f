package dev.vitrine.gateway.client;

import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.InternalClient;
import dev.vitrine.servicekit.ProblemException;
import java.time.Duration;

/**
 * The services behind the gateway. Thread-safe.
 *
 * @param index index-service, writer and shard
 * @param indexWait index-service, for waits that may take seconds and must not use up the others'
 *     places
 * @param indexForwarder index-service, for writes that are passed on with their headers
 * @param retrieval retrieval-service
 * @param recommender recommender-service
 * @param retryAfter what callers are told to wait when one of them does not answer
 */
public record Services(
        InternalClient index,
        InternalClient indexWait,
        Forwarder indexForwarder,
        InternalClient retrieval,
        InternalClient recommender,
        Duration retryAfter) {

    /** The answer to a caller whose request needs a service that does not answer. */
    public ProblemException unavailable(DependencyException missing) {
        if (missing.getCause() instanceof ProblemException problem
                && problem.code().status() == CommonErrors.UNAVAILABLE.status()) {
            // The service itself knows best what it lacks.
            return problem.retryAfter() == null ? problem.withRetryAfter(retryAfter) : problem;
        }
        return new ProblemException(
                        CommonErrors.UNAVAILABLE,
                        missing.dependency() + " does not answer",
                        missing)
                .withRetryAfter(retryAfter);
    }
}
