package dev.vitrine.embedding.catalog;

import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the product topic as a member of a consumer group, on one thread of its own, and commits an
 * offset after the vectors of the records before it have been acknowledged.
 */
final class ProductFollower implements SmartLifecycle {

    /*
     * One loop: poll, handle the whole batch, commit. Nothing is under way while poll() runs, so a
     * rebalance, which happens inside poll(), never meets half a batch.
     *
     * A newly assigned partition is paused until the table of what has been embedded is restored
     * for it from the same partition of the embeddings topic; the loop goes on polling meanwhile, so
     * that the group does not take a long restoration for a death. If the restored table names
     * another model, the partition is read again from its beginning: that is how a new model reaches
     * products that do not change. A restart in the midst of it starts over and skips what is done.
     */
    private static final Logger log = LoggerFactory.getLogger(ProductFollower.class);

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConnection kafka;
    private final CatalogProperties properties;
    private final ProductEmbedder embedder;
    private final EmbeddedTexts known;
    private final String model;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<TopicPartition> toRestore = new HashSet<>();

    private volatile boolean running;
    private volatile double behind = Double.NaN;
    private volatile int partitions;
    private @Nullable Thread thread;
    private @Nullable Restoration restoration;

    /**
     * @param model id of the model that the embedder uses
     * @param known the embedder's table, touched by the follower's thread only
     */
    ProductFollower(
            KafkaConnection kafka,
            CatalogProperties properties,
            String model,
            ProductEmbedder embedder,
            EmbeddedTexts known) {
        this.kafka = kafka;
        this.properties = properties;
        this.model = model;
        this.embedder = embedder;
        this.known = known;
    }

    @Override
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        running = true;
        thread = Thread.ofPlatform().name("embedding-catalog").daemon().start(this::run);
    }

    /**
     * Lets the batch at hand finish; interrupts it when that takes too long. Not to be restarted.
     */
    @Override
    public void stop() {
        Thread worker;
        synchronized (this) {
            worker = thread;
        }
        closing.countDown();
        if (worker == null) {
            return;
        }
        try {
            if (!worker.join(properties.stopTimeout())) {
                log.warn("a batch is abandoned; its records will be read again");
                worker.interrupt();
                worker.join();
            }
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Product records without a verdict yet; NaN while that is unknown. */
    double behind() {
        return behind;
    }

    /** Partitions that this instance has. */
    int partitions() {
        return partitions;
    }

    private boolean open() {
        return closing.getCount() > 0;
    }

    private void run() {
        try (KafkaConsumer<String, byte[]> consumer = openConsumer()) {
            consumer.subscribe(List.of(Topics.PRODUCTS), new Rebalance(consumer));
            while (open()) {
                step(consumer);
            }
        } catch (InterruptException | InterruptedException | WakeupException e) {
            log.info("following the catalogue was interrupted");
        } finally {
            if (restoration != null) {
                restoration.reader().close();
            }
            running = false;
        }
    }

    private void step(KafkaConsumer<String, byte[]> consumer) throws InterruptedException {
        ConsumerRecords<String, byte[]> batch = ConsumerRecords.empty();
        try {
            restore(consumer);
            batch = consumer.poll(POLL);
            if (!batch.isEmpty()) {
                embedder.handle(batch);
                commit(consumer, batch);
            }
            noteBehind(consumer);
        } catch (InterruptException | WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("{} product records could not be embedded, trying again", batch.count(), e);
            for (TopicPartition partition : batch.partitions()) {
                consumer.seek(partition, batch.records(partition).getFirst().offset());
            }
            if (closing.await(properties.retryDelay().toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("stopping instead");
            }
        }
    }

    private static void commit(
            KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> batch) {
        try {
            consumer.commitSync(batch.nextOffsets());
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // Whoever gets the partition reads these records again and finds them embedded.
            log.info("not committed because of a rebalance: {}", e.toString());
        }
    }

    private void noteBehind(KafkaConsumer<String, byte[]> consumer) {
        partitions = consumer.assignment().size();
        long sum = 0;
        boolean all = consumer.paused().isEmpty() && partitions > 0;
        for (TopicPartition partition : consumer.assignment()) {
            all &= consumer.currentLag(partition).isPresent();
            sum += consumer.currentLag(partition).orElse(0);
        }
        behind = all ? sum : Double.NaN;
    }

    private void restore(KafkaConsumer<String, byte[]> consumer) {
        Restoration current = restoration;
        if (current != null) {
            if (!current.reader().caughtUp()) {
                return;
            }
            restoration = null;
            current.reader().close();
            for (TopicPartition partition : current.partitions()) {
                if (consumer.paused().contains(partition) && !toRestore.contains(partition)) {
                    resume(consumer, partition, current.restored());
                }
            }
        }
        if (!toRestore.isEmpty()) {
            restoration = Restoration.start(kafka, properties.group(), Set.copyOf(toRestore));
            toRestore.clear();
        }
    }

    private void resume(
            KafkaConsumer<String, byte[]> consumer,
            TopicPartition partition,
            EmbeddedTexts restored) {
        known.adopt(partition.partition(), restored);
        if (known.hasOtherModel(partition.partition(), model)) {
            log.info("{} has vectors of another model and is read again", partition);
            consumer.seekToBeginning(Set.of(partition));
        }
        consumer.resume(Set.of(partition));
    }

    private KafkaConsumer<String, byte[]> openConsumer() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "embedding-catalog");
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, properties.group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.batchRecords());
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(
                kafka.with(settings), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Called inside poll(), on the follower's thread. */
    private final class Rebalance implements ConsumerRebalanceListener {

        private final KafkaConsumer<String, byte[]> consumer;

        Rebalance(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            consumer.pause(added);
            toRestore.addAll(added);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> lost) {
            toRestore.removeAll(lost);
            known.drop(lost.stream().map(TopicPartition::partition).toList());
        }
    }

    /** Reads what has been embedded in some partitions; its table is touched by its reader only. */
    private record Restoration(
            Set<TopicPartition> partitions, EmbeddedTexts restored, StateTopicReader reader) {

        static Restoration start(
                KafkaConnection kafka, String group, Set<TopicPartition> products) {
            EmbeddedTexts restored = new EmbeddedTexts();
            StateTopicReader reader =
                    new StateTopicReader(
                            group + "-restore",
                            kafka,
                            products.stream()
                                    .map(p -> new TopicPartition(Topics.EMBEDDINGS, p.partition()))
                                    .toList(),
                            Map.of(),
                            batch -> batch.forEach(record -> apply(record, restored)));
            reader.start();
            return new Restoration(products, restored, reader);
        }

        private static void apply(ConsumerRecord<String, byte[]> record, EmbeddedTexts restored) {
            String model = EventPublisher.header(record, EventHeaders.MODEL);
            String hash = EventPublisher.header(record, EventHeaders.TEXT_HASH);
            if (record.value() == null) {
                restored.remove(record.partition(), record.key());
            } else if (model == null || hash == null) {
                log.warn("{}: a vector without model or hash is made anew", record.key());
                restored.put(record.partition(), record.key(), new EmbeddedText("", ""));
            } else {
                // One instance of the name serves all entries.
                restored.put(
                        record.partition(), record.key(), new EmbeddedText(model.intern(), hash));
            }
        }
    }
}
