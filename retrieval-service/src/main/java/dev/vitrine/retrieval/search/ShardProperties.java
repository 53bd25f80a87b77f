package dev.vitrine.retrieval.search;

import dev.vitrine.servicekit.DependencyProperties;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where plans are executed.
 *
 * @param uri address of the index shard
 * @param retryAfter what a caller is told to wait when the shard does not answer
 * @param dependency protection around the calls
 */
@Validated
@ConfigurationProperties("retrieval.index")
public record ShardProperties(
        @DefaultValue("http://127.0.0.1:8082") URI uri,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue DependencyProperties dependency) {}
