package dev.vitrine.gateway.event;

import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionCheck;
import dev.vitrine.contracts.interaction.InteractionItem;
import dev.vitrine.contracts.interaction.InteractionType;
import dev.vitrine.servicekit.WireJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Writes what was served here as {@code search} and {@code impression} events, on one thread of its
 * own. Whoever serves only leaves a note in a bounded buffer: when Kafka is slow or away the buffer
 * fills, and what does not fit is counted and dropped. Thread-safe.
 *
 * <p>Who did not say who he is ({@code userToken}, else {@code sessionId}) gets a visitor id of his
 * own for each answer: one id for all of them would be one giant visitor who saw everything.
 */
public final class ServedLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServedLog.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** Notes are written in rounds, so that no search has to wake a thread. */
    private static final Duration ROUND = Duration.ofMillis(20);

    /** Control characters and unpaired surrogates, which the log does not take. */
    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    /** What a note takes beside an answer's bytes and a query, roughly. */
    private static final int NOTE_BYTES = 500;

    /** What an id takes that was taken out of its answer. */
    private static final int ID_BYTES = 80;

    /** Events to be made and written, and the bytes that they hold until then. */
    private record Note(long bytes, Supplier<List<Interaction>> events) {}

    private final InteractionWriter writer;
    private final InteractionCheck check;
    private final boolean on;
    private final long bytesMax;
    private final Clock clock;
    private final Queue<Note> notes = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Counter written;
    private final Counter dropped;
    private final Counter failed;
    private final Thread thread =
            Thread.ofPlatform().name("served-log").daemon().unstarted(this::run);
    private final CountDownLatch closing = new CountDownLatch(1);

    ServedLog(
            InteractionWriter writer, EventProperties settings, MeterRegistry meters, Clock clock) {
        this.writer = writer;
        this.check = new InteractionCheck(settings.limits());
        this.on = settings.served();
        this.bytesMax = settings.servedBuffer().toBytes();
        this.clock = clock;
        this.written = counter(meters, "written");
        this.dropped = counter(meters, "dropped");
        this.failed = counter(meters, "failed");
    }

    void start() {
        if (on) {
            thread.start();
        }
    }

    /**
     * Notes a search that was answered. The first page of a query is a search, every page an
     * impression; an answer without a place for hits showed nothing.
     *
     * @param request as it came, with {@code analytics}, {@code userToken} and {@code sessionId}
     * @param answer as it goes out
     */
    public void searched(String tenant, String catalog, JsonNode request, byte[] answer) {
        if (wanted(request)) {
            Instant at = clock.instant();
            Asked asked = asked(request);
            note(
                    answer.length + asked.bytes(),
                    () -> events(at, tenant, catalog, asked, ServedAnswer.of(answer)));
        }
    }

    /** The same for an answer that is a tree already. */
    public void searched(String tenant, String catalog, JsonNode request, JsonNode answer) {
        if (wanted(request)) {
            Instant at = clock.instant();
            ServedAnswer served = ServedAnswer.of(answer);
            Asked asked = asked(request);
            note(
                    asked.bytes() + ID_BYTES * served.ids().size(),
                    () -> events(at, tenant, catalog, asked, served));
        }
    }

    /**
     * Notes recommended products as an impression.
     *
     * @param listId the scenario, e.g. {@code similar}
     * @param visitorId to whom, or null
     * @param sessionId in which visit, or null
     */
    public void recommended(
            String tenant,
            String catalog,
            String listId,
            String recommendationId,
            @Nullable String visitorId,
            @Nullable String sessionId,
            List<String> ids) {
        if (on && !ids.isEmpty()) {
            Instant at = clock.instant();
            Who who = who(visitorId, sessionId, recommendationId);
            note(
                    ID_BYTES * ids.size(),
                    () ->
                            List.of(
                                    new Interaction(
                                            tenant,
                                            catalog,
                                            recommendationId + "-impression",
                                            at,
                                            InteractionType.IMPRESSION,
                                            who.visitor(),
                                            null,
                                            who.session(),
                                            null,
                                            recommendationId,
                                            null,
                                            items(ids, 0),
                                            listId,
                                            null,
                                            null)));
        }
    }

    private boolean wanted(JsonNode request) {
        JsonNode analytics = request.path("analytics");
        JsonNode limit = request.path("limit");
        return on
                && !(analytics.isBoolean() && !analytics.booleanValue())
                && !(limit.isIntegralNumber() && limit.intValue() == 0);
    }

    /** What is logged of a request, which itself may be as large as a body may be. */
    private record Asked(
            String query, int offset, @Nullable String userToken, @Nullable String sessionId) {

        int bytes() {
            return Character.BYTES * query.length();
        }
    }

    private Asked asked(JsonNode request) {
        String query = request.path("q").asString("");
        return new Asked(
                query.substring(0, Math.min(query.length(), check.limits().queryCharsMax())),
                Math.max(0, request.path("offset").asInt(0)),
                usable(text(request.path("userToken"))),
                usable(text(request.path("sessionId"))));
    }

    private void note(int held, Supplier<List<Interaction>> events) {
        Note note = new Note(held + (long) NOTE_BYTES, events);
        if (bytes.addAndGet(note.bytes()) <= bytesMax && closing.getCount() > 0) {
            notes.add(note);
        } else {
            bytes.addAndGet(-note.bytes());
            dropped.increment();
        }
    }

    private List<Interaction> events(
            Instant at, String tenant, String catalog, Asked asked, ServedAnswer answer) {
        String query = NOT_TEXT.matcher(asked.query()).replaceAll(" ").strip();
        int offset = asked.offset();
        Who who = who(asked.userToken(), asked.sessionId(), answer.queryId());
        boolean browse = query.isBlank();
        List<Interaction> events = new ArrayList<>(2);
        if (!browse && offset == 0) {
            events.add(
                    event(
                            at,
                            tenant,
                            catalog,
                            answer,
                            who,
                            query,
                            InteractionType.SEARCH,
                            List.of()));
        }
        List<InteractionItem> items = items(answer.ids(), offset);
        if (!items.isEmpty()) {
            events.add(
                    event(
                            at,
                            tenant,
                            catalog,
                            answer,
                            who,
                            browse ? null : query,
                            InteractionType.IMPRESSION,
                            items));
        }
        return events;
    }

    private static Interaction event(
            Instant at,
            String tenant,
            String catalog,
            ServedAnswer answer,
            Who who,
            @Nullable String query,
            InteractionType type,
            List<InteractionItem> items) {
        return new Interaction(
                tenant,
                catalog,
                answer.queryId() + "-" + type.wireName(),
                at,
                type,
                who.visitor(),
                null,
                who.session(),
                answer.queryId(),
                null,
                query,
                items,
                query == null ? "browse" : "search",
                null,
                null);
    }

    private record Who(String visitor, @Nullable String session) {}

    private Who who(@Nullable String visitor, @Nullable String session, String answerId) {
        String known = usable(session);
        String named = usable(visitor);
        if (named == null) {
            named = known == null ? "anonymous-" + answerId : known;
        }
        return new Who(named, known);
    }

    private @Nullable String usable(@Nullable String id) {
        return id != null && check.takesAsId(id) ? id : null;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() ? value.stringValue() : null;
    }

    private List<InteractionItem> items(List<String> ids, int offset) {
        List<InteractionItem> items = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            if (check.takesAsId(ids.get(i))) {
                items.add(new InteractionItem(ids.get(i), offset + i + 1, null, null));
            }
        }
        return items;
    }

    private void run() {
        try {
            boolean last;
            do {
                last = closing.await(ROUND.toMillis(), TimeUnit.MILLISECONDS);
                writeAll();
            } while (!last);
        } catch (InterruptedException end) {
            log.debug("the served log ends with notes left", end);
        }
    }

    private void writeAll() throws InterruptedException {
        for (Note note = notes.poll(); note != null; note = notes.poll()) {
            bytes.addAndGet(-note.bytes());
            write(note);
            if (Thread.interrupted()) {
                throw new InterruptedException("there is no time for the other notes");
            }
        }
    }

    private void write(Note note) {
        try {
            for (Interaction event : note.events().get()) {
                var _ =
                        writer.write(event, WireJson.write(event))
                                .whenComplete((done, error) ->
                                        (error == null ? written : failed).increment());
            }
        } catch (RuntimeException e) {
            // One answer that cannot be noted must not end the log of all others.
            failed.increment();
            log.warn("an answer could not be noted as events", e);
        }
    }

    /** Writes what is noted, for two seconds at most. */
    @Override
    public void close() {
        closing.countDown();
        if (!on) {
            return;
        }
        try {
            thread.join(FAREWELL);
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropped.increment(notes.size());
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("vitrine.events.served")
                .description("events about answers of this gateway")
                .tag("outcome", outcome)
                .register(meters);
    }
}
