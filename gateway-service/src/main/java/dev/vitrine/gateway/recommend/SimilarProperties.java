package dev.vitrine.gateway.recommend;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Similar products.
 *
 * @param timeout time for the whole answer
 * @param recommenderShare share of it that the recommender may use; the rest is for the index
 * @param floor cosine from which the index counts a product as similar when it stands in
 */
@Validated
@ConfigurationProperties("gateway.similar")
public record SimilarProperties(
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("0.7") @DecimalMin("0.05") @DecimalMax("1") double recommenderShare,
        @DefaultValue("0.4") @DecimalMin("-1") @DecimalMax("1") double floor) {}
