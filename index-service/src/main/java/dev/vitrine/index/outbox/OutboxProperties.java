package dev.vitrine.index.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the relay.
 *
 * @param enabled whether this process publishes at all; off, rows wait for another process
 * @param batchRows most products in one round, 1 to 10,000
 * @param batchSize documents in one round stop at this size
 * @param pollInterval time after which the table is read without a signal
 * @param backoffMin pause after the first failure; doubles with each further one
 * @param backoffMax longest pause
 * @param acknowledgeTimeout longest wait for the broker; more than {@code vitrine.event-delivery}
 */
@Validated
@ConfigurationProperties("index.outbox")
public record OutboxProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1000") @Min(1) @Max(10_000) int batchRows,
        @DefaultValue("16MB") DataSize batchSize,
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("500ms") Duration backoffMin,
        @DefaultValue("30s") Duration backoffMax,
        @DefaultValue("40s") Duration acknowledgeTimeout) {}
