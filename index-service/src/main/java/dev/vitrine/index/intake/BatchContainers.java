package dev.vitrine.index.intake;

import dev.vitrine.servicekit.KafkaConnection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Makes containers whose listeners write batches of records to the database. An offset is committed
 * after its batch; a batch that fails comes again, for ever: a database that is away comes back, a
 * record that is skipped does not. Thread-safe.
 */
public final class BatchContainers {

    private static final int LARGEST_FETCH = 4 * 1024 * 1024;

    private final KafkaConnection kafka;

    /** Reads from these brokers. */
    public BatchContainers(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /** A container of this consumer group; as a bean it starts and stops with the context. */
    public ConcurrentMessageListenerContainer<String, byte[]> container(
            String group,
            Batches batches,
            BatchMessageListener<String, byte[]> listener,
            String... topics) {
        ContainerProperties settings = new ContainerProperties(topics);
        settings.setGroupId(group);
        settings.setAckMode(ContainerProperties.AckMode.BATCH);
        settings.setMissingTopicsFatal(false);
        settings.setMessageListener(listener);
        Map<String, Object> consumer =
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        // A topic of the shop's own may be made after us.
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        30_000,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        LARGEST_FETCH,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        batches.records());
        ConcurrentMessageListenerContainer<String, byte[]> container =
                new ConcurrentMessageListenerContainer<>(
                        new DefaultKafkaConsumerFactory<>(
                                kafka.with(consumer),
                                new StringDeserializer(),
                                new ByteArrayDeserializer()),
                        settings);
        container.setBeanName(group);
        container.setCommonErrorHandler(new DefaultErrorHandler(forEver(batches)));
        return container;
    }

    private static ExponentialBackOff forEver(Batches batches) {
        ExponentialBackOff backOff = new ExponentialBackOff(batches.backoffMin().toMillis(), 2);
        backOff.setMaxInterval(batches.backoffMax().toMillis());
        backOff.setMaxElapsedTime(Long.MAX_VALUE);
        return backOff;
    }
}
