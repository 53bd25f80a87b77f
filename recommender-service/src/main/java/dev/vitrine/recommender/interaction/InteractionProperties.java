package dev.vitrine.recommender.interaction;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much of the log is kept in memory.
 *
 * @param heapPercent share of the greatest heap for event ids, baskets, visits and the models made
 *     of them, all catalogues together; a training may take as much again for a while
 * @param catalogsMax catalogues with events; those of further ones are not kept
 * @param visitItemsMax last items of one visit
 * @param basketItemsMax items of one basket
 * @param visitGap pause that ends a visit where the shop names no session
 */
@Validated
@ConfigurationProperties("recommender.interaction")
public record InteractionProperties(
        @DefaultValue("30") @Min(1) @Max(90) int heapPercent,
        @DefaultValue("1000") @Min(1) int catalogsMax,
        @DefaultValue("50") @Min(2) int visitItemsMax,
        @DefaultValue("500") @Min(2) int basketItemsMax,
        @DefaultValue("30m") Duration visitGap) {}
