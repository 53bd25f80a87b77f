package dev.vitrine.index.apply;

import dev.vitrine.contracts.wire.Topics;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the shard role.
 *
 * @param directory where snapshots and text indexes are
 * @param partitions partitions of the state topics to serve, {@code first-last}
 * @param publishAfter longest time from a change to the generation that shows it
 * @param publishIdle a change shows earlier when no other follows for this time
 * @param snapshotEvery longest time between snapshots while there are changes
 * @param snapshotChanges changes after which a snapshot is taken earlier
 * @param heldMax vectors kept that came before their products; more make their topic wait
 * @param tombstonesMax deletions a catalogue remembers, so that old records revive nothing
 * @param productsMax most products of a catalogue
 * @param vectorRecall share of the nearest vectors that a search for the k nearest is to find on
 *     average; searches over a score find all
 * @param columnsMax most attribute columns of a catalogue
 * @param waitersMax most requests that wait for a change at the same time
 * @param schemaWait time to wait for the schema of a product before it is set aside
 * @param readyWait longest time without a record while the topics are read at the start; after it
 *     the service answers from what it has
 * @param textBufferMegabytes heap for text changes of a catalogue before they go to a segment
 * @param k1 BM25: how soon repetitions stop counting
 * @param b BM25: how much length counts
 */
@Validated
@ConfigurationProperties("index.shard")
public record ShardProperties(
        @NotNull @DefaultValue(".vitrine/index") Path directory,
        @Pattern(regexp = "\\d{1,2}-\\d{1,2}") @DefaultValue("0-63") String partitions,
        @NotNull @DefaultValue("200ms") Duration publishAfter,
        @NotNull @DefaultValue("10ms") Duration publishIdle,
        @NotNull @DefaultValue("60s") Duration snapshotEvery,
        @Min(1) @DefaultValue("50000") int snapshotChanges,
        @Min(1) @DefaultValue("20000") int heldMax,
        @Min(0) @DefaultValue("100000") int tombstonesMax,
        @Min(1) @DefaultValue("5000000") int productsMax,
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") @DefaultValue("0.98")
                double vectorRecall,
        @Min(1) @DefaultValue("50000") int columnsMax,
        @Min(1) @DefaultValue("1000") int waitersMax,
        @NotNull @DefaultValue("60s") Duration schemaWait,
        @NotNull @DefaultValue("2m") Duration readyWait,
        @Min(1) @Max(1024) @DefaultValue("32") int textBufferMegabytes,
        @Min(0) @DefaultValue("1.2") float k1,
        @Min(0) @Max(1) @DefaultValue("0.75") float b) {

    public ShardProperties {
        if (first(partitions) > last(partitions) || last(partitions) >= Topics.STATE_PARTITIONS) {
            throw new IllegalArgumentException(
                    "index.shard.partitions must lie in 0-" + (Topics.STATE_PARTITIONS - 1));
        }
    }

    int firstPartition() {
        return first(partitions);
    }

    int lastPartition() {
        return last(partitions);
    }

    private static int first(String range) {
        return Integer.parseInt(range.substring(0, range.indexOf('-')));
    }

    private static int last(String range) {
        return Integer.parseInt(range.substring(range.indexOf('-') + 1));
    }
}
