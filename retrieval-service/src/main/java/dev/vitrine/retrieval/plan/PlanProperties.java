package dev.vitrine.retrieval.plan;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds and text matching of every plan.
 *
 * @param maxCandidates most rows that the shard scores on both legs, 1 to 10,000,000
 * @param executionShare share of the remaining time that the shard may use, 0.1 to 1; the rest is
 *     for the way back
 * @param matchAllUpTo number of query terms up to which a text match must hold all of them
 * @param matchFraction beyond that, the share of the terms that it must hold, rounded down
 */
@Validated
@ConfigurationProperties("retrieval.plan")
public record PlanProperties(
        @DefaultValue("200000") @Min(1) @Max(10_000_000) int maxCandidates,
        @DefaultValue("0.9") @DecimalMin("0.1") @DecimalMax("1") double executionShare,
        @DefaultValue("2") @Min(0) @Max(100) int matchAllUpTo,
        @DefaultValue("0.75") @DecimalMin("0") @DecimalMax("1") double matchFraction) {}
