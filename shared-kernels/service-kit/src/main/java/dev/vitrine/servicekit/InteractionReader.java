package dev.vitrine.servicekit;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.interaction.CheckedInteraction;
import dev.vitrine.contracts.interaction.InteractionCheck;
import dev.vitrine.contracts.interaction.InteractionFault;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.InternalHeaders;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads records of the event log, whoever wrote them: the gateway or the shop's own systems. A
 * record is judged by its value and its time stamp alone, so reading it again gives the same; a
 * missing or wrong key only costs the order of that visitor's events. What comes back as unusable
 * is for {@link DeadLetters}. Thread-safe.
 */
public final class InteractionReader {

    private final InteractionCheck check;
    private final Clock clock;

    public InteractionReader(InteractionCheck check, Clock clock) {
        this.check = check;
        this.clock = clock;
    }

    /** The event of a record, or why it is none. */
    public CheckedInteraction read(ConsumerRecord<?, byte[]> record) {
        String type = EventPublisher.header(record, EventHeaders.TYPE);
        if (type != null && !type.equals(EventHeaders.TYPE_INTERACTION)) {
            return unusable("EVENT_MALFORMED", "the record is of type " + type);
        }
        byte[] value = record.value();
        if (value == null) {
            return unusable("EVENT_MALFORMED", "the record has no value");
        }
        if (value.length > check.limits().bytesMax()) {
            return unusable(
                    "EVENT_TOO_LARGE",
                    value.length + " bytes; an event has at most " + check.limits().bytesMax());
        }
        JsonNode event;
        try {
            event = WireJson.mapper().readTree(value);
        } catch (JacksonException e) {
            return unusable("EVENT_MALFORMED", "not JSON: " + e.getOriginalMessage());
        }
        JsonNode tenant = event.path("tenant");
        String owner = tenant.isString() ? tenant.stringValue() : InternalHeaders.DEFAULT_TENANT;
        if (!CatalogRef.isName(owner)) {
            return new CheckedInteraction.Unusable(
                    new InteractionFault("EVENT_FIELD_INVALID", "/tenant", "not a tenant name"));
        }
        return check.check(event, owner, arrival(record), id(record));
    }

    /** A writer's clock that runs ahead must not carry its events ahead with it. */
    private Instant arrival(ConsumerRecord<?, ?> record) {
        Instant stamped = Instant.ofEpochMilli(record.timestamp());
        Instant now = clock.instant();
        return stamped.isAfter(now) || record.timestamp() <= 0 ? now : stamped;
    }

    private String id(ConsumerRecord<?, ?> record) {
        @Nullable String given = EventPublisher.header(record, EventHeaders.ID);
        return given != null && check.takesAsId(given)
                ? given
                : record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static CheckedInteraction unusable(String code, String message) {
        return new CheckedInteraction.Unusable(new InteractionFault(code, "", message));
    }
}
