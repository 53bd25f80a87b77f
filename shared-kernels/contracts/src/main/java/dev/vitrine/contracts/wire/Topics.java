package dev.vitrine.contracts.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The Kafka topics, their partitions and their settings. */
public final class Topics {

    /** Partitions of the state topics; a shard serves a range of them. */
    public static final int STATE_PARTITIONS = 64;

    /** Catalogues and schemas, keyed by {@code tenant/catalog}: index writer to everybody. */
    public static final String SCHEMAS = "vitrine.catalog.schemas.v1";

    /** Products, keyed by {@code tenant/catalog/id}: index writer to everybody. */
    public static final String PRODUCTS = "vitrine.catalog.products.v1";

    /** Vectors of products: embedding-service to index and recommender. */
    public static final String EMBEDDINGS = "vitrine.catalog.embeddings.v1";

    /** What became searchable: index shards to whoever wants to know. */
    public static final String INDEX_CHANGES = "vitrine.index.changes.v1";

    /**
     * Writes of the shop's own systems, keyed by {@code tenant/catalog/id}: to the index writer.
     */
    public static final String COMMANDS = "vitrine.catalog.commands.v1";

    /** What visitors did, keyed by {@code tenant/visitor}: gateway and shop to the recommender. */
    public static final String INTERACTIONS = "vitrine.interactions.v1";

    /** Partitions of the topics that other systems write to. */
    public static final int INGRESS_PARTITIONS = 16;

    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    private static final Map<String, String> WEEK =
            Map.of(
                    "cleanup.policy",
                    "delete",
                    "retention.ms",
                    Long.toString(Duration.ofDays(7).toMillis()));

    // The largest record that a producer of ours sends, with what a dead letter adds to it.
    private static final Map<String, String> MONTH =
            Map.of(
                    "cleanup.policy",
                    "delete",
                    "retention.ms",
                    Long.toString(Duration.ofDays(30).toMillis()),
                    "max.message.bytes",
                    Integer.toString(8 * 1024 * 1024));

    // An envelope holds a product twice, and its schema.
    private static final Map<String, String> COMMANDS_WEEK =
            Map.of(
                    "cleanup.policy",
                    "delete",
                    "retention.ms",
                    Long.toString(Duration.ofDays(7).toMillis()),
                    "max.message.bytes",
                    Integer.toString(4 * 1024 * 1024));

    // The broker's own time: a shop may send old events with the times at which they happened, and
    // a record's time has to tell when it came.
    private static final Map<String, String> QUARTER =
            Map.of(
                    "cleanup.policy",
                    "delete",
                    "retention.ms",
                    Long.toString(Duration.ofDays(90).toMillis()),
                    "message.timestamp.type",
                    "LogAppendTime");

    private Topics() {}

    /** The topic that takes the records of {@code topic} that cannot be used. */
    public static String deadLetters(String topic) {
        return topic + ".dlt";
    }

    /** {@link #deadLetters} as it is made where it is missing: one partition, kept for 30 days. */
    public static TopicDefinition deadLetterTopic(String topic) {
        return new TopicDefinition(deadLetters(topic), 1, MONTH);
    }

    /** Every topic that must exist before a service starts to work. */
    public static List<TopicDefinition> all() {
        return List.of(
                new TopicDefinition(SCHEMAS, 1, COMPACTED),
                new TopicDefinition(PRODUCTS, STATE_PARTITIONS, COMPACTED),
                new TopicDefinition(EMBEDDINGS, STATE_PARTITIONS, COMPACTED),
                new TopicDefinition(INDEX_CHANGES, STATE_PARTITIONS, WEEK),
                new TopicDefinition(COMMANDS, INGRESS_PARTITIONS, COMMANDS_WEEK),
                new TopicDefinition(INTERACTIONS, INGRESS_PARTITIONS, QUARTER),
                deadLetterTopic(COMMANDS),
                deadLetterTopic(INTERACTIONS),
                deadLetterTopic(PRODUCTS),
                deadLetterTopic(EMBEDDINGS));
    }
}
