package dev.vitrine.index.store;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/** Wires the vectors beside the products, of the writer role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
@EnableConfigurationProperties(StoreProperties.class)
class StoreConfiguration {

    @Bean
    EmbeddingStore embeddingStore(
            JdbcTemplate jdbc, PlatformTransactionManager manager, StoreProperties properties) {
        return new EmbeddingStoreSelection(jdbc, manager).select(properties.type());
    }

    @Bean
    InfoContributor vectorStoreInfo(EmbeddingStore store) {
        return builder -> builder.withDetail("vectorStore", store.description());
    }

    /** The publisher is asked for because it makes sure that the topics exist. */
    @Bean
    @ConditionalOnBooleanProperty(name = "index.store.intake", matchIfMissing = true)
    ConcurrentMessageListenerContainer<String, byte[]> embeddingIntake(
            EmbeddingStore store,
            EventPublisher publisher,
            PlatformTransactionManager manager,
            StoreProperties properties,
            @Value("${spring.kafka.bootstrap-servers}") String bootstrap) {
        ContainerProperties settings = new ContainerProperties(Topics.EMBEDDINGS);
        settings.setGroupId(EmbeddingStore.INTAKE_GROUP);
        settings.setAckMode(ContainerProperties.AckMode.BATCH);
        settings.setMissingTopicsFatal(false);
        settings.setMessageListener(
                new EmbeddingIntake(
                        store, new DeadLetters(publisher), new TransactionTemplate(manager)));
        Map<String, Object> consumer =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        properties.batchRecords());
        ConcurrentMessageListenerContainer<String, byte[]> container =
                new ConcurrentMessageListenerContainer<>(
                        new DefaultKafkaConsumerFactory<>(
                                consumer, new StringDeserializer(), new ByteArrayDeserializer()),
                        settings);
        container.setBeanName(EmbeddingStore.INTAKE_GROUP);
        container.setCommonErrorHandler(new DefaultErrorHandler(forEver(properties)));
        return container;
    }

    /** A database that is away comes back; a vector that is skipped does not. */
    private static ExponentialBackOff forEver(StoreProperties properties) {
        ExponentialBackOff backOff = new ExponentialBackOff(properties.backoffMin().toMillis(), 2);
        backOff.setMaxInterval(properties.backoffMax().toMillis());
        backOff.setMaxElapsedTime(Long.MAX_VALUE);
        return backOff;
    }
}
