package dev.vitrine.retrieval.plan;

import dev.vitrine.contracts.index.ScoringHead;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The fixed scoring head that serves until one is learned: {@code relevance = 1 / (1 + exp(-(bias +
 * textWeight * t + semanticWeight * s)))}, see {@link ScoringHead}. Where the numbers come from:
 * RATIONALE.md.
 *
 * @param method name shown in {@code cutoff.method}
 * @param version version of the numbers
 * @param bias log-odds of a candidate with both scores 0
 * @param textWeight log-odds of the best text match
 * @param semanticWeight log-odds of cosine 1
 * @param semanticFloor cosine from which a product without a text match is kept, -1 to 2 (over 1 =
 *     never)
 * @param semanticOnlyFloor the same in mode {@code semantic}, where no text leg finds the rest
 * @param threshold relevance from which a candidate is kept, 0 (all) to 1
 */
@Validated
@ConfigurationProperties("retrieval.head")
public record HeadProperties(
        @DefaultValue("fixed-logistic-1") @NotBlank String method,
        @DefaultValue("1") @Min(1) int version,
        @DefaultValue("-4") double bias,
        @DefaultValue("3.5") @DecimalMin("0") double textWeight,
        @DefaultValue("4.4") @DecimalMin("0") double semanticWeight,
        @DefaultValue("0.5") @DecimalMin("-1") @DecimalMax("2") double semanticFloor,
        @DefaultValue("0.35") @DecimalMin("-1") @DecimalMax("2") double semanticOnlyFloor,
        @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double threshold) {

    /** The head of a search that has a text leg. */
    ScoringHead head() {
        return head(semanticFloor);
    }

    /** The head of a search by meaning alone. */
    ScoringHead semanticOnly() {
        return head(semanticOnlyFloor);
    }

    private ScoringHead head(double floor) {
        return new ScoringHead(method, version, bias, textWeight, semanticWeight, floor, threshold);
    }
}
