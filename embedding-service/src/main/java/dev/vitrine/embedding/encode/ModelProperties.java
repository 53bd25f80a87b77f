package dev.vitrine.embedding.encode;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which model makes the vectors, and how texts are given to it. Every value is part of the model's
 * id: a change embeds the whole catalogue anew.
 *
 * @param directory folder with model.onnx and tokenizer.json; unset means the bundled model
 * @param maxTokens tokens of a text that are read, special ones included; the rest is cut off
 * @param queryPrefix put before a query, e.g. {@code "query: "}
 * @param productPrefix put before a product's text, e.g. {@code "passage: "}
 */
@Validated
@ConfigurationProperties("embedding.model")
public record ModelProperties(
        @Nullable Path directory,
        @DefaultValue("256") @Min(8) @Max(8192) int maxTokens,
        @DefaultValue("") @NotNull String queryPrefix,
        @DefaultValue("") @NotNull String productPrefix) {}
