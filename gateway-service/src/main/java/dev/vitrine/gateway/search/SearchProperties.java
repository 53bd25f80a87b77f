package dev.vitrine.gateway.search;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Searches.
 *
 * @param timeout time for a search that does not bring its own
 * @param timeoutMax longest time that a search may ask for
 * @param maxAge how long the answer to a {@code GET} may be kept by browsers and proxies
 * @param multiMax most searches in one call
 */
@Validated
@ConfigurationProperties("gateway.search")
public record SearchProperties(
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("30s") Duration timeoutMax,
        @DefaultValue("1s") Duration maxAge,
        @DefaultValue("10") @Min(1) @Max(50) int multiMax) {}
