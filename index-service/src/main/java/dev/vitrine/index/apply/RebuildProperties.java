package dev.vitrine.index.apply;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a shard that starts without a snapshot.
 *
 * @param writer address of the writer that has everything; null = this process when it is one, else
 *     none
 * @param patience time to look for the writer; after it the topics are read from their beginning
 * @param silence longest time without a line of the writer's
 * @param attempts broken streams after which the topics are read from their beginning
 */
@Validated
@ConfigurationProperties("index.shard.rebuild")
record RebuildProperties(
        @Nullable URI writer,
        @NotNull @DefaultValue("60s") Duration patience,
        @NotNull @DefaultValue("60s") Duration silence,
        @Min(1) @Max(100) @DefaultValue("3") int attempts) {}
