package dev.vitrine.index.command;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.index.catalog.CatalogWriter;
import dev.vitrine.index.catalog.DocumentReader;
import dev.vitrine.index.intake.BatchContainers;
import dev.vitrine.index.intake.Batches;
import dev.vitrine.index.outbox.OutboxRelay;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.TopicProvisioner;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Wires the intake of commands, of a writer that reads any. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
@ConditionalOnBooleanProperty(name = "index.command.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CommandProperties.class)
class CommandIntakeConfiguration {

    private static final String GROUP = "index-commands";

    @Bean
    CommandIntake commandIntake(
            CatalogWriter writer,
            DocumentReader documents,
            Transactions transactions,
            OutboxRelay relay,
            CommandPositions positions,
            DeadLetters deadLetters,
            CommandProperties properties,
            MeterRegistry meters) {
        return new CommandIntake(
                new CommandDecoder(documents::check, properties.unavailableValue()),
                new CommandApplier(writer, positions, transactions, relay),
                deadLetters,
                properties.topics(),
                meters);
    }

    @Bean
    ConcurrentMessageListenerContainer<String, byte[]> commandContainer(
            BatchContainers containers,
            CommandIntake intake,
            TopicProvisioner provisioner,
            CommandProperties properties) {
        String[] topics =
                properties.topics().stream()
                        .map(CommandProperties.Source::topic)
                        .toArray(String[]::new);
        provisioner.ensure(
                properties.topics().stream()
                        .map(source -> Topics.deadLetterTopic(source.topic()))
                        .toList());
        ConcurrentMessageListenerContainer<String, byte[]> container =
                containers.container(
                        GROUP,
                        new Batches(
                                properties.batchRecords(),
                                properties.backoffMin(),
                                properties.backoffMax()),
                        intake,
                        topics);
        container.setConcurrency(properties.concurrency());
        return container;
    }
}
