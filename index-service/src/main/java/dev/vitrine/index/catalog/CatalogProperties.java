package dev.vitrine.index.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of catalogues.
 *
 * @param maxCatalogs of one tenant
 * @param maxAliases of one tenant
 * @param maxSchemaSize of a schema as JSON
 * @param sweepBatch products that follow a new schema or a deletion in one transaction
 * @param sweepInterval time after which work left by another process is looked for
 * @param retryAfter hint to clients while the database is away
 */
@Validated
@ConfigurationProperties("index.catalog")
record CatalogProperties(
        @DefaultValue("1000") @Min(1) int maxCatalogs,
        @DefaultValue("1000") @Min(1) int maxAliases,
        @DefaultValue("512KB") DataSize maxSchemaSize,
        @DefaultValue("500") @Min(1) @Max(5_000) int sweepBatch,
        @DefaultValue("5s") Duration sweepInterval,
        @DefaultValue("2s") Duration retryAfter) {}
