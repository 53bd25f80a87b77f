package dev.vitrine.gateway.event;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.interaction.CheckedInteraction;
import dev.vitrine.contracts.interaction.EventIds;
import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionCheck;
import dev.vitrine.contracts.interaction.InteractionFault;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.Dependency;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes a call's events: judges each, writes the good ones, and has accepted them when Kafka has
 * acknowledged all. Repeating a call is harmless: ids are the same again. Thread-safe.
 */
final class EventIntake {

    /** A good event and its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on as it is to the producer; never compared.
    private record Ready(Interaction event, byte[] json) {}

    private final EventReader reader;
    private final InteractionCheck check;
    private final CatalogDirectory catalogs;
    private final InteractionWriter writer;
    private final Dependency kafka;
    private final EventProperties settings;
    private final Clock clock;

    EventIntake(
            CatalogDirectory catalogs,
            InteractionWriter writer,
            Dependency kafka,
            EventProperties settings,
            Clock clock) {
        this.reader = new EventReader(settings.batchMax());
        this.check = new InteractionCheck(settings.limits());
        this.catalogs = catalogs;
        this.writer = writer;
        this.kafka = kafka;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Takes the events of one call.
     *
     * @throws ProblemException when none can be used, or Kafka does not take them
     */
    EventReport take(byte[] body, RequestContext context) throws InterruptedException {
        List<JsonNode> events = reader.read(body);
        Instant received = clock.instant();
        String call =
                EventIds.of(
                        new String(body, StandardCharsets.ISO_8859_1),
                        received.truncatedTo(ChronoUnit.MINUTES));
        Catalogs known = new Catalogs(context.deadline().atMost(settings.catalogWait()));
        List<Ready> good = new ArrayList<>();
        List<EventReport.Rejection> bad = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.get(i);
            switch (check.check(event, context.tenant(), received, EventIds.of(call, i))) {
                case CheckedInteraction.Unusable unusable ->
                        bad.add(rejection(i, event, unusable.fault()));
                case CheckedInteraction.Usable usable -> {
                    Interaction read = usable.interaction();
                    byte[] json = WireJson.write(read);
                    InteractionFault fault = known.fault(read, json.length);
                    if (fault == null) {
                        good.add(new Ready(read, json));
                    } else {
                        bad.add(rejection(i, event, fault));
                    }
                }
            }
        }
        if (good.isEmpty()) {
            throw new ProblemException(
                            EventErrors.EVENTS_REJECTED,
                            "none of " + events.size() + " events can be used")
                    .withErrors(bad.stream().map(EventIntake::fieldError).toList());
        }
        write(good, context.deadline().atMost(settings.timeout()));
        return new EventReport(good.size(), bad.size(), bad);
    }

    private void write(List<Ready> events, Deadline deadline) {
        try {
            int written =
                    kafka.call(
                            deadline,
                            () -> {
                                List<CompletableFuture<?>> sent = new ArrayList<>();
                                for (Ready ready : events) {
                                    CompletableFuture<?> one =
                                            writer.write(ready.event(), ready.json());
                                    sent.add(one);
                                    if (one.isCompletedExceptionally()) {
                                        break; // The next one would block as long for nothing.
                                    }
                                }
                                var _ =
                                        CompletableFuture.allOf(
                                                        sent.toArray(CompletableFuture<?>[]::new))
                                                .get();
                                return sent.size();
                            });
            assert written == events.size();
        } catch (DependencyException missing) {
            throw new ProblemException(
                            CommonErrors.UNAVAILABLE,
                            "the event log does not answer; send the same events again",
                            missing)
                    .withRetryAfter(settings.retryAfter());
        }
    }

    private static EventReport.Rejection rejection(
            int index, JsonNode event, InteractionFault fault) {
        JsonNode id = event.path("eventId");
        return new EventReport.Rejection(
                index,
                id.isString() ? id.stringValue() : null,
                fault.code(),
                "/events/" + index + fault.pointer(),
                fault.message());
    }

    private static FieldError fieldError(EventReport.Rejection rejection) {
        return new FieldError(rejection.pointer(), rejection.code() + ": " + rejection.message());
    }

    /** The catalogues that one call names, each looked up once. */
    private final class Catalogs {

        private final Deadline deadline;
        private final Map<CatalogRef, Boolean> seen = new HashMap<>();

        Catalogs(Deadline deadline) {
            this.deadline = deadline;
        }

        @Nullable InteractionFault fault(Interaction event, int bytes) throws InterruptedException {
            Boolean known = seen.get(event.catalogRef());
            if (known == null) {
                known = exists(event.catalogRef());
                seen.put(event.catalogRef(), known);
            }
            if (!known) {
                return new InteractionFault(
                        CommonErrors.CATALOG_NOT_FOUND.code(),
                        "/catalog",
                        "catalogue '" + event.catalog() + "' does not exist");
            }
            int most = check.limits().bytesMax();
            return bytes <= most
                    ? null
                    : new InteractionFault(
                            "EVENT_TOO_LARGE", "", bytes + " bytes; an event has at most " + most);
        }

        /** Whether the name is that of a catalogue, or an alias of one. */
        private boolean exists(CatalogRef name) throws InterruptedException {
            CatalogRef ref = catalogs.resolve(name);
            if (catalogs.find(ref).isPresent()) {
                return true;
            }
            if (!catalogs.ready()) {
                throw new ProblemException(
                                CommonErrors.UNAVAILABLE, "catalogues are still being loaded")
                        .withRetryAfter(settings.retryAfter());
            }
            return catalogs.await(ref, 0, deadline).isPresent()
                    // What came may be an alias.
                    && catalogs.find(catalogs.resolve(name)).isPresent();
        }
    }
}
