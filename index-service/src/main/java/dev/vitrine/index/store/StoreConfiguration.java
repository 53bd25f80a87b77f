package dev.vitrine.index.store;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.index.intake.BatchContainers;
import dev.vitrine.index.intake.Batches;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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
            BatchContainers containers,
            EmbeddingStore store,
            EventPublisher publisher,
            PlatformTransactionManager manager,
            StoreProperties properties) {
        return containers.container(
                EmbeddingStore.INTAKE_GROUP,
                new Batches(
                        properties.batchRecords(),
                        properties.backoffMin(),
                        properties.backoffMax()),
                new EmbeddingIntake(
                        store, new DeadLetters(publisher), new TransactionTemplate(manager)),
                Topics.EMBEDDINGS);
    }
}
