package dev.vitrine.embedding.cache;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The query cache.
 *
 * @param maximumSize memory for texts and vectors; a query of the bundled model takes about 1.7 KB;
 *     0 switches the cache off
 */
@Validated
@ConfigurationProperties("embedding.cache")
public record CacheProperties(@DefaultValue("32MB") @NotNull DataSize maximumSize) {}
