package dev.vitrine.recommender.algorithm.similar;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of a search for similar products.
 *
 * @param candidatesMax nearest products that are looked at until enough fit
 */
@Validated
@ConfigurationProperties("recommender.similar")
public record SimilarProperties(@DefaultValue("100000") @Min(100) int candidatesMax) {}
