package dev.vitrine.index.command;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.index.catalog.CatalogWriter;
import dev.vitrine.index.catalog.DocumentReader;
import dev.vitrine.index.outbox.OutboxRelay;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.ServiceKitProperties;
import dev.vitrine.servicekit.TopicProvisioner;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** Wires the intake of commands, of the writer role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
@ConditionalOnBooleanProperty(name = "index.command.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CommandProperties.class)
class CommandConfiguration {

    private static final String GROUP = "index-commands";
    private static final int LARGEST_FETCH = 4 * 1024 * 1024;

    @Bean
    CommandIntake commandIntake(
            CatalogWriter writer,
            DocumentReader documents,
            Transactions transactions,
            OutboxRelay relay,
            JdbcClient jdbc,
            DeadLetters deadLetters,
            CommandProperties properties,
            MeterRegistry meters) {
        return new CommandIntake(
                new CommandDecoder(documents::check, properties.unavailableValue()),
                new CommandApplier(writer, new CommandPositions(jdbc), transactions, relay),
                deadLetters,
                properties.topics(),
                meters);
    }

    @Bean
    ConcurrentMessageListenerContainer<String, byte[]> commandContainer(
            CommandIntake intake,
            CommandProperties properties,
            ServiceKitProperties kit,
            @Value("${spring.kafka.bootstrap-servers}") String bootstrap) {
        String[] topics =
                properties.topics().stream()
                        .map(CommandProperties.Source::topic)
                        .toArray(String[]::new);
        new TopicProvisioner(bootstrap, kit.topicReplication())
                .ensure(
                        properties.topics().stream()
                                .map(source -> Topics.deadLetterTopic(source.topic()))
                                .toList());
        ContainerProperties settings = new ContainerProperties(topics);
        settings.setGroupId(GROUP);
        settings.setAckMode(ContainerProperties.AckMode.BATCH);
        settings.setMissingTopicsFatal(false);
        settings.setMessageListener(intake);
        Map<String, Object> consumer =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
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
                        properties.batchRecords());
        ConcurrentMessageListenerContainer<String, byte[]> container =
                new ConcurrentMessageListenerContainer<>(
                        new DefaultKafkaConsumerFactory<>(
                                consumer, new StringDeserializer(), new ByteArrayDeserializer()),
                        settings);
        container.setBeanName(GROUP);
        container.setConcurrency(properties.concurrency());
        container.setCommonErrorHandler(new DefaultErrorHandler(forEver(properties)));
        return container;
    }

    /** A database that is away comes back; a command that is skipped does not. */
    private static ExponentialBackOff forEver(CommandProperties properties) {
        ExponentialBackOff backOff = new ExponentialBackOff(properties.backoffMin().toMillis(), 2);
        backOff.setMaxInterval(properties.backoffMax().toMillis());
        backOff.setMaxElapsedTime(Long.MAX_VALUE);
        return backOff;
    }
}
