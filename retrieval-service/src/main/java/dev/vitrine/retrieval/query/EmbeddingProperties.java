package dev.vitrine.retrieval.query;

import dev.vitrine.servicekit.DependencyProperties;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where and how queries are turned into vectors.
 *
 * @param uri address of embedding-service
 * @param deadlineShare share of the remaining time that embedding may use, 0.05 to 1; the rest is
 *     for the index
 * @param cacheSize most query vectors kept, 0 to 10,000,000 (about 1.7 kB each at 384 dimensions)
 * @param cacheFor how long a vector is kept; a bound on answers by the old model after it changed
 * @param dependency protection around the calls
 */
@Validated
@ConfigurationProperties("retrieval.embedding")
public record EmbeddingProperties(
        @DefaultValue("http://127.0.0.1:8081") URI uri,
        @DefaultValue("0.4") @DecimalMin("0.05") @DecimalMax("1") double deadlineShare,
        @DefaultValue("10000") @Min(0) @Max(10_000_000) long cacheSize,
        @DefaultValue("10m") Duration cacheFor,
        @DefaultValue DependencyProperties dependency) {}
