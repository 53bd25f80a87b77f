package dev.vitrine.index.command;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.InternalHeaders;
import dev.vitrine.index.catalog.Precondition;
import dev.vitrine.index.catalog.WriteCommand;
import dev.vitrine.index.command.Change.Action;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RecordOrigin;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a record into a command, whatever its format: it is found by the record itself, in a fixed
 * order. What could be meant in two ways is refused, never guessed. Thread-safe.
 */
final class CommandDecoder {

    /** Header of a plain record: {@code tenant/catalog}, or the catalogue alone. */
    static final String CATALOG = "vitrine_catalog";

    /** Header of a plain record: {@code upsert}, {@code patch} or {@code delete}. */
    static final String ACTION = "vitrine_action";

    private static final String STRUCTURED = "application/cloudevents";
    private static final String DEBEZIUM_TYPE = "io.debezium.";
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
    private static final String DECIMALS =
            " (a decimal may have come as bytes without its schema: set decimal.format=NUMERIC of"
                    + " the JsonConverter, or Debezium's decimal.handling.mode=string or double)";
    private static final int REGISTRY_HEADER = 5;
    private static final int DEEPEST = 64;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final UnaryOperator<Map<String, Object>> limits;
    private final DebeziumEnvelope debezium;

    /**
     * @param limits holds products to their limits; throws what it refuses
     * @param unavailable what Debezium sends for a column whose value it does not have
     */
    CommandDecoder(UnaryOperator<Map<String, Object>> limits, String unavailable) {
        this.limits = limits;
        this.debezium = new DebeziumEnvelope(unavailable);
    }

    /**
     * Reads a record of a topic.
     *
     * @throws UnusableRecordException with the reason when it can never be applied as it is
     */
    CatalogCommand decode(ConsumerRecord<String, byte[]> record, CommandProperties.Source source)
            throws UnusableRecordException {
        Change change = change(record, source);
        ProductKey product = product(record, source, change);
        return new CatalogCommand(
                record.topic(),
                product.catalog(),
                write(product.id(), change),
                position(record, change));
    }

    // ---- what the value says ----

    private Change change(ConsumerRecord<String, byte[]> record, CommandProperties.Source source)
            throws UnusableRecordException {
        byte[] value = record.value();
        if (value == null) {
            // A CloudEvent without data has none either: then its type says what it is.
            String event = EventPublisher.header(record, EventHeaders.TYPE);
            Change change =
                    event == null || event.startsWith(DEBEZIUM_TYPE)
                            ? Change.of(Action.DELETE, Map.of())
                            : event(event, null, source);
            return change.named(
                    EventPublisher.header(record, EventHeaders.CATALOG),
                    EventPublisher.header(record, EventHeaders.SUBJECT));
        }
        String contentType =
                String.valueOf(EventPublisher.header(record, EventHeaders.CONTENT_TYPE))
                        .toLowerCase(Locale.ROOT);
        if (contentType.startsWith(STRUCTURED)) {
            return structured(value, contentType, source);
        }
        String type = EventPublisher.header(record, EventHeaders.TYPE);
        if (type != null && EventPublisher.header(record, EventHeaders.SPEC_VERSION) != null) {
            return event(type, value.length == 0 ? null : json(value), source)
                    .named(
                            EventPublisher.header(record, EventHeaders.CATALOG),
                            EventPublisher.header(record, EventHeaders.SUBJECT));
        }
        if (value.length >= REGISTRY_HEADER && value[0] == 0) {
            throw new UnusableRecordException(
                    "schema-registry framed: the value begins with a zero byte and a schema's id."
                            + " Set value.converter to"
                            + " org.apache.kafka.connect.json.JsonConverter, or send plain JSON");
        }
        return plain(json(value), source, EventPublisher.header(record, ACTION));
    }

    private Change structured(byte[] value, String contentType, CommandProperties.Source source)
            throws UnusableRecordException {
        if (contentType.startsWith(STRUCTURED + "-batch")) {
            throw new UnusableRecordException("a batch of CloudEvents: send one in a record");
        }
        Map<String, Object> event = object(json(value));
        if (!(event.get("type") instanceof String type) || event.get("specversion") == null) {
            throw new UnusableRecordException("a CloudEvent has a specversion and a type");
        }
        Object data = event.get("data");
        if (event.get("data_base64") instanceof String encoded) {
            try {
                data = json(Base64.getDecoder().decode(encoded));
            } catch (IllegalArgumentException e) {
                throw new UnusableRecordException("data_base64 is not base64", e);
            }
        }
        return event(type, data, source).named(text(event, "catalog"), text(event, "subject"));
    }

    private Change event(String type, @Nullable Object data, CommandProperties.Source source)
            throws UnusableRecordException {
        return switch (type) {
            case EventHeaders.TYPE_PRODUCT_UPSERT -> Change.of(Action.UPSERT, object(data));
            case EventHeaders.TYPE_PRODUCT_PATCH -> Change.of(Action.PATCH, object(data));
            case EventHeaders.TYPE_PRODUCT_DELETE ->
                    Change.of(Action.DELETE, data == null ? Map.of() : object(data));
            default -> {
                if (type.startsWith(DEBEZIUM_TYPE)) {
                    yield plain(data, source, null);
                }
                // "deleted" with nothing but an id, read as a row, would empty a product.
                throw new UnusableRecordException(
                        "type '"
                                + type
                                + "' does not say what to do; it must be "
                                + EventHeaders.TYPE_PRODUCT_UPSERT
                                + ", "
                                + EventHeaders.TYPE_PRODUCT_PATCH
                                + " or "
                                + EventHeaders.TYPE_PRODUCT_DELETE);
            }
        };
    }

    private Change plain(
            @Nullable Object value, CommandProperties.Source source, @Nullable String action)
            throws UnusableRecordException {
        Map<String, Object> object = object(value);
        if (ConnectJson.isOne(object)) {
            Object payload = ConnectJson.payload(object);
            if (payload == null) {
                return Change.of(Action.DELETE, Map.of());
            }
            object = object(payload);
        }
        if (DebeziumEnvelope.isOne(object)) {
            return debezium.envelope(object);
        }
        return DebeziumEnvelope.isExtracted(object)
                ? debezium.extracted(object)
                : Change.of(action(action, source), object);
    }

    private static Action action(@Nullable String header, CommandProperties.Source source)
            throws UnusableRecordException {
        return switch (header) {
            case null ->
                    source.mode() == CommandProperties.Mode.PATCH ? Action.PATCH : Action.UPSERT;
            case "upsert" -> Action.UPSERT;
            case "patch" -> Action.PATCH;
            case "delete" -> Action.DELETE;
            default ->
                    throw new UnusableRecordException(
                            "header " + ACTION + " must be upsert, patch or delete");
        };
    }

    private static @Nullable Object json(byte[] value) throws UnusableRecordException {
        try {
            return JSON.readValue(value, Object.class);
        } catch (JacksonException e) {
            throw new UnusableRecordException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, Object> object(@Nullable Object value)
            throws UnusableRecordException {
        if (!(value instanceof Map<?, ?> members)) {
            throw new UnusableRecordException("a product is one JSON object");
        }
        Map<String, Object> object = new LinkedHashMap<>(members.size() * 2);
        members.forEach((name, member) -> object.put((String) name, member));
        return object;
    }

    private static @Nullable String text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? text : null;
    }

    // ---- which product ----

    private static ProductKey product(
            ConsumerRecord<String, byte[]> record, CommandProperties.Source source, Change change)
            throws UnusableRecordException {
        String named = change.catalog();
        if (named == null) {
            named = EventPublisher.header(record, CATALOG);
        }
        if (named == null) {
            named = source.catalog();
        }
        if (named == null) {
            return byKey(record, source, change);
        }
        CatalogRef catalog = catalog(named);
        String id = ownId(source, change);
        if (id == null) {
            id = RecordKey.id(record.key(), catalog, source.idField());
        }
        if (id == null) {
            throw new UnusableRecordException(
                    "no product id: neither in field '" + source.idField() + "' nor in the key");
        }
        return product(catalog, id);
    }

    private static ProductKey byKey(
            ConsumerRecord<String, byte[]> record, CommandProperties.Source source, Change change)
            throws UnusableRecordException {
        ProductKey product =
                RecordKey.product(record.key())
                        .orElseThrow(() ->
                                new UnusableRecordException(
                                        record.key() == null
                                                ? "no key and no catalogue: set header "
                                                        + CATALOG
                                                        + ", or map the topic to a catalogue"
                                                : "the key '"
                                                        + record.key()
                                                        + "' is not tenant/catalog/id, and neither"
                                                        + " header nor setting names a catalogue"));
        String id = ownId(source, change);
        if (id != null && !id.equals(product.id())) {
            throw new UnusableRecordException(
                    "the key names product '" + product.id() + "', the value '" + id + "'");
        }
        return product;
    }

    private static @Nullable String ownId(CommandProperties.Source source, Change change)
            throws UnusableRecordException {
        return change.id() == null
                ? RecordKey.text(change.row().get(source.idField()))
                : change.id();
    }

    private static CatalogRef catalog(String name) throws UnusableRecordException {
        try {
            return name.contains("/")
                    ? CatalogRef.parse(name)
                    : new CatalogRef(InternalHeaders.DEFAULT_TENANT, name);
        } catch (IllegalArgumentException e) {
            throw new UnusableRecordException("no catalogue can be called '" + name + "'", e);
        }
    }

    private static ProductKey product(CatalogRef catalog, String id)
            throws UnusableRecordException {
        try {
            return new ProductKey(catalog, id);
        } catch (IllegalArgumentException e) {
            throw new UnusableRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    // ---- what to do ----

    private WriteCommand write(String id, Change change) throws UnusableRecordException {
        Precondition none = new Precondition.None();
        if (change.action() == Action.DELETE) {
            return new WriteCommand.Delete(id, false, none);
        }
        Map<String, Object> fields = new LinkedHashMap<>(change.row());
        fields.remove("id");
        try {
            Map<String, Object> document = limits.apply(fields);
            return change.action() == Action.PATCH
                    ? new WriteCommand.Merge(id, document, none)
                    : new WriteCommand.Put(id, document, false, none);
        } catch (ProblemException e) {
            throw new UnusableRecordException(reason(e, fields), e);
        }
    }

    /** A replayed record is as old as it was at first, or it would undo what came since. */
    private static SourcePosition position(ConsumerRecord<String, byte[]> record, Change change) {
        RecordOrigin origin = RecordOrigin.of(record);
        boolean replayed = origin.topic().equals(record.topic());
        long time = replayed ? origin.time() : record.timestamp();
        return new SourcePosition(
                change.version(),
                change.time() == SourcePosition.UNKNOWN ? time : change.time(),
                replayed ? origin.partition() : record.partition(),
                replayed ? origin.offset() : record.offset());
    }

    /**
     * A refusal as a dead letter words it.
     *
     * @param document what was refused
     */
    static String reason(ProblemException problem, Map<String, Object> document) {
        StringBuilder reason =
                new StringBuilder(problem.code().code()).append(": ").append(problem.detail());
        boolean bytes = false;
        for (FieldError error : problem.errors()) {
            reason.append("; ").append(error.pointer()).append(' ').append(error.message());
            bytes |=
                    !error.pointer().isEmpty()
                            && document.get(error.pointer().substring(1)) instanceof String text
                            && BASE64.matcher(text).matches();
        }
        return bytes ? reason.append(DECIMALS).toString() : reason.toString();
    }
}
