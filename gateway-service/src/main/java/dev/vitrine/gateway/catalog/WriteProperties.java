package dev.vitrine.gateway.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Writes and reads of the catalogue.
 *
 * @param timeout longest time for a single write or read
 * @param waitTimeout how long {@code ?wait=searchable} waits unless it says so
 * @param waitTimeoutMax longest wait that may be asked for
 */
@Validated
@ConfigurationProperties("gateway.catalog")
public record WriteProperties(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("5s") Duration waitTimeout,
        @DefaultValue("30s") Duration waitTimeoutMax) {}
