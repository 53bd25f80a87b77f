package dev.vitrine.embedding.request;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of one call.
 *
 * @param textsMax texts
 * @param charactersMax characters of a text; the model reads far fewer
 * @param bodyMax size of the body
 */
@Validated
@ConfigurationProperties("embedding.request")
public record RequestProperties(
        @DefaultValue("256") @Min(1) int textsMax,
        @DefaultValue("8192") @Min(1) int charactersMax,
        @DefaultValue("16MB") @NotNull DataSize bodyMax) {}
