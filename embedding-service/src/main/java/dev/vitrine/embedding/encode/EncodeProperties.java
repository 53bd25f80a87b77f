package dev.vitrine.embedding.encode;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much is encoded at a time.
 *
 * @param threads texts of a lane encoded at the same time; 0 means one for each core
 * @param queryCapacity query texts that may wait or run; more are refused
 * @param productCapacity product texts that may wait or run; more are refused, or wait if they come
 *     from the product topic
 * @param productNiceness nice value of the threads for product texts, 0 (like all others) to 19
 */
@Validated
@ConfigurationProperties("embedding.encode")
public record EncodeProperties(
        @DefaultValue("0") @Min(0) @Max(1024) int threads,
        @DefaultValue("1024") @Min(1) int queryCapacity,
        @DefaultValue("2048") @Min(1) int productCapacity,
        @DefaultValue("10") @Min(0) @Max(19) int productNiceness) {

    int effectiveThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
