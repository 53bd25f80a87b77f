package dev.vitrine.contracts.interaction;

import dev.vitrine.contracts.catalog.CatalogRef;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads an event and judges it: the one place that says what the event log takes, for the gateway
 * and for whoever reads records that others wrote. The first fault is told. Unknown fields are read
 * over, so that a later version of the record stays readable. Thread-safe.
 *
 * <p>Whether the catalogue and the products exist is not judged here: a log may name what is not
 * there yet or no longer.
 */
public final class InteractionCheck {

    private static final String MALFORMED = "EVENT_MALFORMED";
    private static final String MISSING = "EVENT_FIELD_MISSING";
    private static final String INVALID = "EVENT_FIELD_INVALID";
    private static final String TYPE_UNKNOWN = "EVENT_TYPE_UNKNOWN";
    private static final String TIME_AHEAD = "EVENT_TIME_AHEAD";
    private static final String TIME_EXPIRED = "EVENT_TIME_EXPIRED";
    private static final String TOO_LARGE = "EVENT_TOO_LARGE";

    private static final String TYPES =
            Arrays.stream(InteractionType.values())
                    .map(InteractionType::wireName)
                    .collect(Collectors.joining(", "));

    private final InteractionLimits limits;

    public InteractionCheck(InteractionLimits limits) {
        this.limits = limits;
    }

    public InteractionLimits limits() {
        return limits;
    }

    /** Whether the text may stand where an id or a name does. */
    public boolean takesAsId(String text) {
        return !text.isBlank() && text.length() <= limits.idCharsMax() && isClean(text);
    }

    /**
     * Reads one event.
     *
     * @param tenant whose event it is; a tenant within the event is not looked at
     * @param received when it arrived: the time of an event that tells none, and what its own time
     *     is measured against
     * @param fallbackId id of an event that has neither an id nor a time to derive one from; the
     *     same for each repetition
     */
    public CheckedInteraction check(
            JsonNode event, String tenant, Instant received, String fallbackId) {
        try {
            return new CheckedInteraction.Usable(read(event, tenant, received, fallbackId));
        } catch (Refused refused) {
            return new CheckedInteraction.Unusable(refused.fault);
        }
    }

    private Interaction read(JsonNode event, String tenant, Instant received, String fallbackId) {
        if (!event.isObject()) {
            throw new Refused(MALFORMED, "", "expected an object");
        }
        requireShallow(event);
        String catalog = required(event, "catalog", limits.idCharsMax());
        if (!CatalogRef.isName(catalog)) {
            throw new Refused(INVALID, "/catalog", "not a catalogue name");
        }
        String typeName = required(event, "type", limits.idCharsMax());
        InteractionType type =
                InteractionType.of(typeName)
                        .orElseThrow(() ->
                                new Refused(
                                        TYPE_UNKNOWN, "/type", "unknown type; known are " + TYPES));
        String visitor = required(event, "visitorId", limits.idCharsMax());
        Instant time = time(event.path("eventTime"), received);
        Interaction read =
                new Interaction(
                        tenant,
                        catalog,
                        "",
                        time == null ? received : time,
                        type,
                        visitor,
                        id(event, "userId"),
                        id(event, "sessionId"),
                        id(event, "queryId"),
                        id(event, "recommendationId"),
                        text(event.path("query"), "/query", limits.queryCharsMax()),
                        items(event.path("items"), type),
                        id(event, "listId"),
                        id(event, "experiment"),
                        consent(event.path("consent")));
        String given = id(event, "eventId");
        String derived = time == null ? fallbackId : EventIds.ofContent(read);
        return read.withEventId(given == null ? derived : given);
    }

    /** Iterative: it is made for events that are nested too deeply. */
    private void requireShallow(JsonNode event) {
        record Level(JsonNode node, int depth) {}
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(event, 1));
        while (!open.isEmpty()) {
            Level level = open.pop();
            if (level.depth() > limits.depthMax()) {
                throw new Refused(
                        MALFORMED, "", "nested more than " + limits.depthMax() + " levels deep");
            }
            for (JsonNode child : level.node()) {
                if (child.isContainer()) {
                    open.push(new Level(child, level.depth() + 1));
                }
            }
        }
    }

    private @Nullable Instant time(JsonNode value, Instant received) {
        if (absent(value)) {
            return null;
        }
        Instant time = instant(value);
        if (time.isAfter(received.plus(limits.aheadMax()))) {
            throw new Refused(
                    TIME_AHEAD,
                    "/eventTime",
                    "more than " + words(limits.aheadMax()) + " in the future");
        }
        if (time.isBefore(received.minus(limits.ageMax()))) {
            throw new Refused(
                    TIME_EXPIRED, "/eventTime", "more than " + words(limits.ageMax()) + " ago");
        }
        return time;
    }

    private static Instant instant(JsonNode value) {
        try {
            if (value.isString()) {
                return Instant.parse(value.stringValue());
            }
            if (value.isIntegralNumber() && value.canConvertToLong()) {
                return Instant.ofEpochMilli(value.longValue());
            }
        } catch (DateTimeException unreadable) {
            throw noTime();
        }
        throw noTime();
    }

    private static Refused noTime() {
        return new Refused(
                INVALID,
                "/eventTime",
                "expected ISO 8601 with a zone, such as 2026-01-31T12:00:00Z, or milliseconds since"
                        + " 1970");
    }

    private List<InteractionItem> items(JsonNode value, InteractionType type) {
        if (absent(value) || (value.isArray() && value.isEmpty())) {
            if (type == InteractionType.SEARCH) {
                return List.of();
            }
            throw new Refused(MISSING, "/items", "required for " + type.wireName());
        }
        if (!value.isArray()) {
            throw new Refused(INVALID, "/items", "expected a list");
        }
        if (value.size() > limits.itemsMax()) {
            throw new Refused(
                    TOO_LARGE,
                    "/items",
                    value.size() + " items; an event has at most " + limits.itemsMax());
        }
        List<InteractionItem> items = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            items.add(item(value.get(i), "/items/" + i));
        }
        return items;
    }

    private InteractionItem item(JsonNode item, String pointer) {
        if (!item.isObject()) {
            throw new Refused(INVALID, pointer, "expected an object with an id");
        }
        String id = text(item.path("id"), pointer + "/id", limits.idCharsMax());
        if (id == null) {
            throw new Refused(MISSING, pointer + "/id", "required");
        }
        return new InteractionItem(
                id,
                position(item.path("position"), pointer + "/position"),
                number(item.path("price"), pointer + "/price", true),
                number(item.path("quantity"), pointer + "/quantity", false));
    }

    private static @Nullable Integer position(JsonNode value, String pointer) {
        if (absent(value)) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
            throw new Refused(INVALID, pointer, "expected a whole number from 1");
        }
        return value.intValue();
    }

    private static @Nullable Double number(JsonNode value, String pointer, boolean zero) {
        if (absent(value)) {
            return null;
        }
        double number = value.isNumber() ? value.doubleValue(Double.NaN) : Double.NaN;
        if (!Double.isFinite(number) || number < 0 || (number == 0 && !zero)) {
            throw new Refused(
                    INVALID,
                    pointer,
                    zero ? "expected a number from 0" : "expected a number over 0");
        }
        return number;
    }

    private static @Nullable Boolean consent(JsonNode value) {
        if (absent(value)) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new Refused(INVALID, "/consent", "expected true or false");
        }
        return value.booleanValue();
    }

    private static String required(JsonNode event, String field, int most) {
        String text = text(event.path(field), '/' + field, most);
        if (text == null) {
            throw new Refused(MISSING, '/' + field, "required");
        }
        return text;
    }

    private @Nullable String id(JsonNode event, String field) {
        return text(event.path(field), '/' + field, limits.idCharsMax());
    }

    /** Null when there is none; blank counts as none. */
    private static @Nullable String text(JsonNode value, String pointer, int most) {
        if (absent(value)) {
            return null;
        }
        if (!value.isString()) {
            throw new Refused(INVALID, pointer, "expected a text");
        }
        String text = value.stringValue();
        if (text.isBlank()) {
            return null;
        }
        if (text.length() > most) {
            throw new Refused(TOO_LARGE, pointer, "longer than " + most + " characters");
        }
        if (!isClean(text)) {
            throw new Refused(INVALID, pointer, "holds a control character or half a character");
        }
        return text;
    }

    /** Whether a text has neither control characters nor unpaired surrogates. */
    private static boolean isClean(String text) {
        return text.codePoints()
                .noneMatch(c ->
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String words(Duration time) {
        if (time.compareTo(Duration.ofDays(2)) >= 0) {
            return time.toDays() + " days";
        }
        long minutes = time.toMinutes();
        return minutes == 60 ? "an hour" : minutes + " minutes";
    }

    /** Leaves the reading of one event; carries no stack, because it is no surprise. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient InteractionFault fault;

        Refused(String code, String pointer, String message) {
            super(message, null, false, false);
            this.fault = new InteractionFault(code, pointer, message);
        }
    }
}
