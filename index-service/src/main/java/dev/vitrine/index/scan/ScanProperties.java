package dev.vitrine.index.scan;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the scan for shards.
 *
 * @param maxConcurrent scans at the same time, each of which holds a connection; further ones are
 *     answered 429
 * @param fetchRows rows that the driver holds in memory
 */
@Validated
@ConfigurationProperties("index.scan")
record ScanProperties(
        @DefaultValue("2") @Min(1) @Max(100) int maxConcurrent,
        @DefaultValue("500") @Min(1) @Max(100_000) int fetchRows) {}
