package dev.vitrine.index.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of idempotency keys.
 *
 * @param keep how long the answer under a key is remembered, at least
 */
@Validated
@ConfigurationProperties("index.idempotency")
record IdempotencyProperties(@DefaultValue("24h") Duration keep) {}
