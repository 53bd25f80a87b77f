package dev.vitrine.gateway.event;

import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.EventPublisher;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Writes events to the log. Thread-safe. */
final class InteractionWriter {

    private final EventPublisher publisher;

    InteractionWriter(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Sends one event; may block for seconds while Kafka is away.
     *
     * @param json the event as it stands in the record
     * @return completes when all replicas have it
     */
    CompletableFuture<?> write(Interaction event, byte[] json) {
        return publisher.publish(
                Topics.INTERACTIONS,
                null,
                event.key(),
                EventHeaders.TYPE_INTERACTION,
                EventHeaders.JSON,
                json,
                Map.of(EventHeaders.ID, event.eventId()));
    }
}
