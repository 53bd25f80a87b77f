package dev.vitrine.index.task;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of tasks.
 *
 * @param lease a process that has not said for so long that it is alive is believed dead
 * @param keep how long a finished task can be asked for
 * @param keepMax most finished tasks; the oldest go first
 * @param listMax most tasks in one answer
 */
@Validated
@ConfigurationProperties("index.task")
record TaskProperties(
        @DefaultValue("30s") Duration lease,
        @DefaultValue("7d") Duration keep,
        @DefaultValue("10000") @Min(1) int keepMax,
        @DefaultValue("100") @Min(1) @Max(1_000) int listMax) {}
