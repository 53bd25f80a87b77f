package dev.vitrine.contracts.wire;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.index.ProductSearchable;
import dev.vitrine.contracts.interaction.Interaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The AsyncAPI document as the code says it. A new message is one line in {@link #MESSAGES}; all
 * else comes from {@link Topics}, {@link EventHeaders} and the records.
 */
final class AsyncApiDocument {

    /**
     * A kind of record on a topic.
     *
     * @param type CloudEvents type; null where the sender's own systems decide the form
     * @param contentType of the value; null for a tombstone
     * @param payload record in the value; null where it is none
     * @param key an example, made by the code that makes the keys
     * @param extensions CloudEvents extensions that it always has
     */
    record Message(
            String name,
            String topic,
            String summary,
            @Nullable String type,
            @Nullable String contentType,
            @Nullable Class<?> payload,
            String key,
            List<String> extensions) {}

    private static final CatalogRef CATALOG = new CatalogRef("default", "shop");
    private static final String PRODUCT_KEY = new ProductKey(CATALOG, "42").key();

    static final List<Message> MESSAGES =
            List.of(
                    new Message(
                            "CatalogChanged",
                            Topics.SCHEMAS,
                            "A catalogue was created, got another schema, or was deleted. Index"
                                    + " writer to every service.",
                            EventHeaders.TYPE_CATALOG_CHANGED,
                            EventHeaders.JSON,
                            CatalogChanged.class,
                            CATALOG.key(),
                            List.of()),
                    new Message(
                            "ProductChanged",
                            Topics.PRODUCTS,
                            "The whole state of a product after a write. Index writer to"
                                    + " embedding, index shards and recommender.",
                            EventHeaders.TYPE_PRODUCT_CHANGED,
                            EventHeaders.JSON,
                            ProductChanged.class,
                            PRODUCT_KEY,
                            List.of(EventHeaders.PRODUCT_VERSION)),
                    new Message(
                            "ProductDeleted",
                            Topics.PRODUCTS,
                            "The product is gone: a record without a value.",
                            EventHeaders.TYPE_PRODUCT_DELETED,
                            null,
                            null,
                            PRODUCT_KEY,
                            List.of(EventHeaders.PRODUCT_VERSION)),
                    new Message(
                            "ProductEmbedded",
                            Topics.EMBEDDINGS,
                            "The vector of a product's text, little-endian float32 of unit length;"
                                    + " without a value when product or text is gone. Embedding to"
                                    + " index and recommender.",
                            EventHeaders.TYPE_PRODUCT_EMBEDDED,
                            EventHeaders.FLOAT32,
                            null,
                            PRODUCT_KEY,
                            List.of(
                                    EventHeaders.PRODUCT_VERSION,
                                    EventHeaders.MODEL,
                                    EventHeaders.DIMENSIONS,
                                    EventHeaders.TEXT_HASH)),
                    new Message(
                            "ProductSearchable",
                            Topics.INDEX_CHANGES,
                            "A version of a product, or its deletion, shows in searches. Index"
                                    + " shards to whoever wants to know.",
                            EventHeaders.TYPE_PRODUCT_SEARCHABLE,
                            EventHeaders.JSON,
                            ProductSearchable.class,
                            PRODUCT_KEY,
                            List.of(EventHeaders.PRODUCT_VERSION)),
                    new Message(
                            "CatalogCommand",
                            Topics.COMMANDS,
                            "A write of the shop's own systems, in a form of theirs: a plain row,"
                                    + " Kafka Connect's or Debezium's. The shop to the index"
                                    + " writer.",
                            null,
                            EventHeaders.JSON,
                            Object.class,
                            PRODUCT_KEY,
                            List.of()),
                    command(
                            "ProductUpsert",
                            EventHeaders.TYPE_PRODUCT_UPSERT,
                            "The whole document of a product."),
                    command(
                            "ProductPatch",
                            EventHeaders.TYPE_PRODUCT_PATCH,
                            "A JSON merge patch of a product that exists."),
                    command(
                            "ProductDelete",
                            EventHeaders.TYPE_PRODUCT_DELETE,
                            "The product is to be deleted; the value says nothing."),
                    new Message(
                            "Interaction",
                            Topics.INTERACTIONS,
                            "One thing that a visitor did, or was shown. Gateway and shop to the"
                                    + " recommender.",
                            EventHeaders.TYPE_INTERACTION,
                            EventHeaders.JSON,
                            Interaction.class,
                            "default/visitor-7",
                            List.of()));

    /**
     * A CloudEvent of the shop's own systems; what they may say is up to the catalogue's schema.
     */
    private static Message command(String name, String type, String summary) {
        return new Message(
                name,
                Topics.COMMANDS,
                summary + " The shop to the index writer.",
                type,
                EventHeaders.JSON,
                Object.class,
                PRODUCT_KEY,
                List.of());
    }

    private final RecordSchemas schemas = new RecordSchemas();

    /** The document; maps are in order of their keys wherever the order says nothing. */
    Map<String, Object> content() {
        Map<String, Object> channels = new TreeMap<>();
        for (TopicDefinition topic : Topics.all()) {
            channels.put(topic.name(), channel(topic));
        }
        Map<String, Object> messages = new TreeMap<>();
        MESSAGES.forEach(message -> messages.put(message.name(), message(message)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("asyncapi", "3.0.0");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Vitrine",
                        "version",
                        "v1",
                        "description",
                        "Kafka topics of Vitrine: CloudEvents 1.0 in binary mode. Within a version"
                                + " fields are only added; readers pass over fields they do not"
                                + " know."));
        document.put("defaultContentType", EventHeaders.JSON);
        document.put("channels", channels);
        document.put("components", Map.of("messages", messages, "schemas", schemas.all()));
        return document;
    }

    private static Map<String, Object> channel(TopicDefinition topic) {
        Map<String, Object> messages = new TreeMap<>();
        String source = topic.name().replaceFirst("\\.dlt$", "");
        for (Message message : MESSAGES) {
            if (message.topic().equals(source)) {
                messages.put(
                        message.name(), Map.of("$ref", "#/components/messages/" + message.name()));
            }
        }
        Map<String, Object> configuration = new TreeMap<>(topic.settings());
        configuration.computeIfPresent("cleanup.policy", (name, policy) -> List.of(policy));
        configuration.computeIfPresent(
                "retention.ms", (name, millis) -> Long.parseLong(millis.toString()));
        Map<String, Object> channel = new LinkedHashMap<>();
        channel.put("address", topic.name());
        if (!source.equals(topic.name())) {
            channel.put(
                    "description",
                    "Records of "
                            + source
                            + " that could not be used, as they came, with more headers, such as "
                            + EventHeaders.DEAD_LETTER_REASON
                            + " and "
                            + EventHeaders.DEAD_LETTER_ORIGIN
                            + "; records with "
                            + EventHeaders.DEAD_LETTER_REPLAYED
                            + " say which were sent once more.");
        }
        channel.put("messages", messages);
        channel.put(
                "bindings",
                Map.of(
                        "kafka",
                        Map.of(
                                "partitions",
                                topic.partitions(),
                                "topicConfiguration",
                                configuration)));
        return channel;
    }

    private Map<String, Object> message(Message message) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("summary", message.summary());
        if (message.contentType() != null) {
            described.put("contentType", message.contentType());
        }
        if (message.type() != null) {
            described.put("headers", headers(message));
        }
        described.put("payload", payload(message));
        described.put(
                "bindings",
                Map.of(
                        "kafka",
                        Map.of(
                                "key",
                                Map.of("type", "string", "examples", List.of(message.key())))));
        return described;
    }

    private Map<String, Object> payload(Message message) {
        if (message.contentType() == null) {
            return Map.of("type", "null");
        }
        if (message.payload() == null) {
            return Map.of("type", List.of("string", "null"), "format", "binary");
        }
        return message.payload() == Object.class ? Map.of() : schemas.reference(message.payload());
    }

    private static Map<String, Object> headers(Message message) {
        Map<String, Object> headers = new TreeMap<>();
        headers.put(EventHeaders.SPEC_VERSION, Map.of("const", "1.0"));
        headers.put(EventHeaders.ID, Map.of("type", "string"));
        headers.put(EventHeaders.TYPE, Map.of("const", String.valueOf(message.type())));
        headers.put(EventHeaders.SOURCE, Map.of("type", "string"));
        headers.put(EventHeaders.TIME, Map.of("type", "string", "format", "date-time"));
        headers.put(EventHeaders.CONTENT_TYPE, Map.of("type", "string"));
        for (String extension : message.extensions()) {
            headers.put(extension, Map.of("type", "string"));
        }
        return Map.of(
                "type",
                "object",
                "properties",
                headers,
                "required",
                new ArrayList<>(headers.keySet()));
    }
}
