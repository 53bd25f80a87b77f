package dev.vitrine.embedding.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the catalogue is followed.
 *
 * @param enabled whether it is; without it the service needs no broker
 * @param group consumer group; instances of one group share the partitions
 * @param batchRecords products embedded between two commits
 * @param contentCacheSize memory for vectors by text, so that the same text under another id is not
 *     embedded again
 * @param retryDelay pause after a batch that failed
 * @param stopTimeout time for the batch at hand when the service stops
 */
@Validated
@ConfigurationProperties("embedding.catalog")
public record CatalogProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("embedding") @NotBlank String group,
        @DefaultValue("256") @Min(1) @Max(2000) int batchRecords,
        @DefaultValue("32MB") @NotNull DataSize contentCacheSize,
        @DefaultValue("1s") @NotNull Duration retryDelay,
        @DefaultValue("10s") @NotNull Duration stopTimeout) {}
