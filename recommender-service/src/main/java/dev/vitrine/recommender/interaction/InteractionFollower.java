package dev.vitrine.recommender.interaction;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.interaction.CheckedInteraction;
import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionCheck;
import dev.vitrine.contracts.interaction.InteractionLimits;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.InteractionReader;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Feeds the state from the log, from its beginning. */
public final class InteractionFollower implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InteractionState state;
    private final CatalogDirectory directory;
    private final SentLetters sent;
    private final DeadLetters letters;
    private final Clock clock;
    private final InteractionReader records;
    private final StateTopicReader reader;

    InteractionFollower(
            KafkaConnection kafka,
            InteractionState state,
            CatalogDirectory directory,
            DeadLetters letters,
            Clock clock) {
        this.state = state;
        this.directory = directory;
        this.letters = letters;
        this.clock = clock;
        this.records =
                new InteractionReader(new InteractionCheck(InteractionLimits.DEFAULTS), clock);
        this.sent = new SentLetters(kafka);
        this.reader =
                new StateTopicReader(
                        "recommender-interactions", kafka, partitions(), Map.of(), this::apply);
        directory.onChange((CatalogChanged change) -> {
            if (change.free()) {
                state.forget(change.ref());
            }
        });
    }

    void start() {
        sent.start();
        reader.start();
    }

    /** Whether all that existed at the start is in memory. */
    public boolean ready() {
        return reader.caughtUp();
    }

    /** Records that are not applied yet. */
    long behind() {
        return reader.behind();
    }

    @Override
    public void close() {
        reader.close();
        sent.close();
    }

    private void apply(ConsumerRecords<String, byte[]> batch) {
        if (batch.isEmpty()) {
            return;
        }
        awaitRead();
        for (ConsumerRecord<String, byte[]> record : batch) {
            switch (records.read(record)) {
                case CheckedInteraction.Usable usable -> {
                    Interaction event = usable.interaction();
                    state.add(
                            event,
                            Instant.ofEpochMilli(record.timestamp()),
                            directory.since(event.catalogRef()));
                }
                case CheckedInteraction.Unusable unusable -> {
                    if (sent.isNew(record, clock.instant())) {
                        // Not many at once: a later one that was sent tells that this one was.
                        letters.publish(record, unusable.fault().reason());
                        sent.note(record);
                    }
                }
            }
        }
    }

    /**
     * Waits for what tells how to read: since when each name is what it is, and which letters were
     * sent. It takes moments; when it takes longer, the reader tries again.
     */
    private void awaitRead() {
        try {
            if (!directory.awaitReady(PATIENCE) || !sent.awaitRead(PATIENCE)) {
                throw new IllegalStateException(
                        "the catalogues or the dead letters have not been read yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for other topics", e);
        }
    }

    private static List<TopicPartition> partitions() {
        return IntStream.range(0, Topics.INGRESS_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.INTERACTIONS, partition))
                .toList();
    }
}
