package dev.vitrine.servicekit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns partitions of state topics into memory: reads them with {@code assign()} from given offsets
 * on one thread of its own and hands every batch to one handler. Offsets are the handler's affair,
 * because memory is an effect that a crash erases: whoever keeps a snapshot keeps its offsets in
 * it.
 *
 * <p>A batch whose handler throws is handed over again after a pause, for ever: nothing is skipped.
 * The same goes for one that memory outside the heap did not suffice for; without space on the heap
 * a JVM had better end.
 */
public final class StateTopicReader implements AutoCloseable {

    /** Takes the records, in order for each partition. Called by one thread. */
    @FunctionalInterface
    public interface RecordHandler {

        /** Applies a batch; may be empty, so that a handler can do what falls due with time. */
        void handle(ConsumerRecords<String, byte[]> batch);
    }

    private static final Logger log = LoggerFactory.getLogger(StateTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration ASK = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final String name;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> startOffsets;
    private final RecordHandler handler;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private final Queue<CompletableFuture<Long>> questions = new ConcurrentLinkedQueue<>();
    private volatile @Nullable String failure;

    /**
     * @param name thread and client name
     * @param kafka the brokers
     * @param partitions what to read
     * @param startOffsets first offset to read; a partition that is missing here starts at its
     *     beginning
     * @param handler takes the records
     */
    public StateTopicReader(
            String name,
            KafkaConnection kafka,
            Collection<TopicPartition> partitions,
            Map<TopicPartition, Long> startOffsets,
            RecordHandler handler) {
        this.name = name;
        this.partitions = List.copyOf(partitions);
        this.startOffsets = Map.copyOf(startOffsets);
        this.handler = handler;
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * 1024 * 1024);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        this.consumer =
                new KafkaConsumer<>(
                        kafka.with(settings),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** Starts reading. */
    public void start() {
        thread.start();
    }

    /** Whether everything that was there at the start has been handled. */
    public boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Why nothing can be read or applied at the moment; empty while all goes well. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Waits for {@link #caughtUp()}; false when the time is over first. */
    public boolean awaitCaughtUp(Duration time) throws InterruptedException {
        return caughtUp.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Records that are known to exist and have not been handled. */
    public long behind() {
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            behind += Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L));
        }
        return behind;
    }

    /**
     * {@link #behind} against the ends that the broker has now: 0 means that every record that was
     * acknowledged before this call has been handled. Completes on the reading thread, and not at
     * all while no broker answers.
     */
    public CompletableFuture<Long> behindNow() {
        CompletableFuture<Long> question = new CompletableFuture<>();
        questions.add(question);
        return question;
    }

    /** The next offset of every partition; what a snapshot of the handler's state must keep. */
    public Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** Stops reading; returns when the handler is no longer called. */
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            if (thread.isAlive()) {
                thread.join(Duration.ofSeconds(30));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean open() {
        return closing.getCount() > 0;
    }

    private void run() {
        try (consumer) {
            while (open() && !begin()) {
                pause();
            }
            while (open()) {
                step();
            }
        } catch (WakeupException e) {
            log.debug("{} closes", name, e);
        }
    }

    /** Assigns, seeks and notes the ends; false when the broker does not answer. */
    private boolean begin() {
        try {
            consumer.assign(partitions);
            Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions, ASK);
            Map<TopicPartition, Long> lasts = consumer.endOffsets(partitions, ASK);
            for (TopicPartition partition : partitions) {
                long first = firsts.getOrDefault(partition, 0L);
                long last = lasts.getOrDefault(partition, 0L);
                // A topic that was made anew is shorter than what a snapshot remembers.
                long wanted = startOffsets.getOrDefault(partition, first);
                long start = wanted > last ? first : Math.max(wanted, first);
                consumer.seek(partition, start);
                positions.put(partition, start);
            }
            ends.putAll(lasts);
            noteCaughtUp();
            return true;
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            log.warn("{} cannot start reading yet: {}", name, e.toString());
            return false;
        }
    }

    private void step() {
        ConsumerRecords<String, byte[]> batch;
        try {
            batch = consumer.poll(POLL);
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException | OutOfMemoryError e) {
            failure = e.toString();
            log.warn("{} cannot read: {}", name, failure);
            pause();
            return;
        }
        while (open() && !handle(batch)) {
            pause();
        }
        noteEnds();
        answerQuestions();
        noteCaughtUp();
    }

    /** Whether the handler took the batch. */
    private boolean handle(ConsumerRecords<String, byte[]> batch) {
        try {
            handler.handle(batch);
            failure = null;
        } catch (RuntimeException | OutOfMemoryError e) {
            failure = e.toString();
            log.error("{} could not apply {} records and tries again", name, batch.count(), e);
            return false;
        }
        for (Map.Entry<TopicPartition, OffsetAndMetadata> next : batch.nextOffsets().entrySet()) {
            positions.put(next.getKey(), next.getValue().offset());
        }
        return true;
    }

    private void noteEnds() {
        for (TopicPartition partition : partitions) {
            long lag = consumer.currentLag(partition).orElse(0L);
            ends.merge(partition, positions.getOrDefault(partition, 0L) + lag, Math::max);
        }
    }

    private void answerQuestions() {
        List<CompletableFuture<Long>> asked = new ArrayList<>();
        for (CompletableFuture<Long> question = questions.poll();
                question != null;
                question = questions.poll()) {
            asked.add(question);
        }
        if (asked.isEmpty()) {
            return;
        }
        try {
            consumer.endOffsets(partitions, ANSWER)
                    .forEach((partition, end) -> ends.merge(partition, end, Math::max));
            asked.forEach(question -> question.complete(behind()));
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            asked.forEach(question -> question.completeExceptionally(e));
        }
    }

    private void noteCaughtUp() {
        if (caughtUp.getCount() > 0 && behind() == 0) {
            log.info("{} has caught up", name);
            caughtUp.countDown();
        }
    }

    private void pause() {
        try {
            if (closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("{} closes", name);
            }
        } catch (InterruptedException e) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
