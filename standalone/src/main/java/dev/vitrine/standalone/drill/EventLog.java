package dev.vitrine.standalone.drill;

import dev.vitrine.contracts.interaction.InteractionType;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the log of events from its beginning. */
final class EventLog {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String bootstrap;

    EventLog(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** How often each id of an event that the recommender learns from is in the log now. */
    Map<String, Integer> countedIds() {
        Map<String, Integer> counts = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topics.INTERACTIONS, PATIENCE).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!partitions.stream()
                    .allMatch(partition ->
                            consumer.position(partition) >= ends.getOrDefault(partition, 0L))) {
                if (System.nanoTime() - until > 0) {
                    throw new IllegalStateException("the log of events could not be read");
                }
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    Header id = record.headers().lastHeader(EventHeaders.ID);
                    if (id != null && isWish(record)) {
                        counts.merge(
                                new String(id.value(), StandardCharsets.UTF_8), 1, Integer::sum);
                    }
                }
            }
        }
        return counts;
    }

    private static boolean isWish(ConsumerRecord<String, byte[]> record) {
        String type = WireJson.mapper().readTree(record.value()).path("type").asString("");
        return InteractionType.of(type).filter(InteractionType::isWish).isPresent();
    }
}
