package dev.vitrine.gateway.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Streaming imports.
 *
 * @param concurrency imports at once; more are refused with 429
 * @param spool result lines kept on disk for a client that does not read while it sends
 * @param silence an import is given up when for so long neither its body nor its answer has moved,
 *     at the latest after twice that
 */
@Validated
@ConfigurationProperties("gateway.import")
public record ImportProperties(
        @DefaultValue("8") @Min(1) @Max(1000) int concurrency,
        @DefaultValue("1GB") DataSize spool,
        @DefaultValue("10m") Duration silence) {}
