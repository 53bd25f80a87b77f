package dev.vitrine.index.catalog;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of an import.
 *
 * @param chunkLines lines that are committed together, 1 to 5,000
 * @param chunkSize a chunk ends early at this size
 * @param maxLineSize of one line or CSV row
 * @param maxBodySize of the whole body, after decompression
 * @param maxLines of one import
 * @param maxConcurrent imports at a time; further ones are answered 429
 * @param resultMemory result lines beyond this size wait in a temporary file
 * @param maxFailedChunks chunks in a row that the database did not take, after which the rest is
 *     refused without asking it
 * @param maxQueued imports that wait to be worked on in the background; further ones are answered
 *     429
 * @param poll how often a process looks for one that another process has accepted
 * @param replaceMaxRejected largest share of refused lines, 0 to 1, with which a replacing import
 *     still deletes what it did not contain
 * @param rejectionsKept refused lines that a task remembers
 */
@Validated
@ConfigurationProperties("index.import")
record ImportProperties(
        @DefaultValue("500") @Min(1) @Max(5_000) int chunkLines,
        @DefaultValue("4MB") DataSize chunkSize,
        @DefaultValue("1MB") DataSize maxLineSize,
        @DefaultValue("512MB") DataSize maxBodySize,
        @DefaultValue("5000000") @Min(1) int maxLines,
        @DefaultValue("4") @Min(1) int maxConcurrent,
        @DefaultValue("1MB") DataSize resultMemory,
        @DefaultValue("2") @Min(1) int maxFailedChunks,
        @DefaultValue("16") @Min(1) int maxQueued,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("1") double replaceMaxRejected,
        @DefaultValue("100") @Min(0) @Max(1_000) int rejectionsKept) {}
