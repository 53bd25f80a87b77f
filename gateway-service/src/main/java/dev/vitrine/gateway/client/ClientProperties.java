package dev.vitrine.gateway.client;

import dev.vitrine.servicekit.DependencyProperties;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Protection around the calls to each service; addresses are those of Spring Cloud's discovery.
 *
 * @param retryAfter what callers are told to wait when a service does not answer
 * @param index look-ups, status and writes
 * @param indexWait waits until a write is searchable
 * @param retrieval searches
 * @param recommender recommendations
 * @param poolSize connections to one service
 */
@Validated
@ConfigurationProperties("gateway.clients")
public record ClientProperties(
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue DependencyProperties index,
        @DefaultValue DependencyProperties indexWait,
        @DefaultValue DependencyProperties retrieval,
        @DefaultValue DependencyProperties recommender,
        @DefaultValue("512") int poolSize) {}
