package dev.vitrine.contracts.wire;

import java.util.Map;

/**
 * A topic to be created where it is missing.
 *
 * @param name topic name
 * @param partitions number of partitions
 * @param settings topic configuration by its Kafka names
 */
public record TopicDefinition(String name, int partitions, Map<String, String> settings) {

    public TopicDefinition {
        settings = Map.copyOf(settings);
    }
}
