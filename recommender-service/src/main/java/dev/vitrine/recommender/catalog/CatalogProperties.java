package dev.vitrine.recommender.catalog;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much is kept.
 *
 * @param productsMax products of one catalogue; more are left out, counted and logged
 */
@Validated
@ConfigurationProperties("recommender.catalog")
public record CatalogProperties(@DefaultValue("2000000") @Min(1) int productsMax) {}
