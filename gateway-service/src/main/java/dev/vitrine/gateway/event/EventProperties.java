package dev.vitrine.gateway.event;

import dev.vitrine.contracts.interaction.InteractionLimits;
import dev.vitrine.servicekit.DependencyProperties;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Events.
 *
 * @param batchMax most events of one call
 * @param timeout time in which Kafka must have acknowledged a call's events
 * @param aheadMax how far in the future an event's time may lie
 * @param ageMax how far back it may lie
 * @param itemsMax most products of one event
 * @param catalogWait how long a call waits for a catalogue that was made a moment ago
 * @param retryAfter what callers are told to wait while Kafka is away
 * @param served whether searches and recommendations served here are written as events
 * @param servedBuffer answers held for that at most; what does not fit is counted and dropped
 * @param servedLinger how long such an event may wait for others to go to Kafka with
 * @param kafka protection around the broker
 */
@Validated
@ConfigurationProperties("gateway.events")
public record EventProperties(
        @DefaultValue("1000") @Min(1) @Max(10_000) int batchMax,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("1h") Duration aheadMax,
        @DefaultValue("90d") Duration ageMax,
        @DefaultValue("2000") @Min(1) int itemsMax,
        @DefaultValue("500ms") Duration catalogWait,
        @DefaultValue("2s") Duration retryAfter,
        @DefaultValue("true") boolean served,
        @DefaultValue("16MB") DataSize servedBuffer,
        @DefaultValue("250ms") Duration servedLinger,
        @DefaultValue DependencyProperties kafka) {

    /** The limits of one event; what has no setting here is as in the topic's other readers. */
    InteractionLimits limits() {
        InteractionLimits others = InteractionLimits.DEFAULTS;
        return new InteractionLimits(
                aheadMax,
                ageMax,
                itemsMax,
                others.idCharsMax(),
                others.queryCharsMax(),
                others.depthMax(),
                others.bytesMax());
    }
}
