package dev.vitrine.index.command;

import dev.vitrine.contracts.wire.Topics;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the intake of commands.
 *
 * @param enabled whether this process reads commands
 * @param topics what it reads; the commands topic alone when none is named
 * @param unavailableValue what Debezium sends for a column whose value it does not have
 * @param batchRecords most records taken together
 * @param concurrency threads that read
 * @param backoffMin pause after the database did not take a batch; doubles with each failure
 * @param backoffMax longest pause
 */
@Validated
@ConfigurationProperties("index.command")
record CommandProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<@Valid Source> topics,
        @DefaultValue("__debezium_unavailable_value") @NotBlank String unavailableValue,
        @DefaultValue("500") @Min(1) @Max(5_000) int batchRecords,
        @DefaultValue("1") @Min(1) @Max(64) int concurrency,
        @DefaultValue("500ms") Duration backoffMin,
        @DefaultValue("30s") Duration backoffMax) {

    CommandProperties {
        topics =
                topics.isEmpty()
                        ? List.of(new Source(Topics.COMMANDS, null, "id", Mode.UPSERT))
                        : List.copyOf(topics);
    }

    /**
     * A topic and what its records are.
     *
     * @param topic its name
     * @param catalog catalogue of records that name none: {@code tenant/catalog}, or the catalogue
     *     of the default tenant; null when they name it, in a header or by their key
     * @param idField field of a row that holds the product id
     * @param mode what a row does that does not say it
     */
    record Source(
            @NotBlank String topic,
            @Nullable String catalog,
            @DefaultValue("id") @NotBlank String idField,
            @DefaultValue("upsert") Mode mode) {}

    /** What a row does. */
    enum Mode {
        /** It is the whole product. */
        UPSERT,
        /** It holds the fields that change. */
        PATCH
    }
}
