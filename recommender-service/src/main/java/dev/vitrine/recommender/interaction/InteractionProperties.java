package dev.vitrine.recommender.interaction;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much of the log is kept in memory.
 *
 * @param catalogsMax catalogues with events; those of further ones are not kept
 * @param basketsMax latest baskets of one catalogue
 * @param visitsMax latest visits of one catalogue
 * @param visitItemsMax last items of one visit
 * @param basketItemsMax items of one basket
 * @param eventIdsMax latest event ids, by which a repeated event is recognised
 * @param visitGap pause that ends a visit where the shop names no session
 */
@Validated
@ConfigurationProperties("recommender.interaction")
public record InteractionProperties(
        @DefaultValue("1000") @Min(1) int catalogsMax,
        @DefaultValue("200000") @Min(1) int basketsMax,
        @DefaultValue("200000") @Min(1) int visitsMax,
        @DefaultValue("50") @Min(2) int visitItemsMax,
        @DefaultValue("500") @Min(2) int basketItemsMax,
        @DefaultValue("1000000") @Min(1) int eventIdsMax,
        @DefaultValue("30m") Duration visitGap) {}
