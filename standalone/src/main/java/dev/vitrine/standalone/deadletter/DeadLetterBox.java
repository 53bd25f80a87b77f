package dev.vitrine.standalone.deadletter;

import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.RecordOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead-letter topics of a broker. One thread.
 *
 * <p>A record is sent to the partition that it came from, with its headers but the reason; its
 * origin stays, so that whoever reads it again knows how old it is. After the broker has
 * acknowledged it, a {@link ReplayNote} beside the letter says so: a crash between the two sends it
 * twice, never not at all, and the writer takes it once.
 */
public final class DeadLetterBox implements AutoCloseable {

    static final String SUFFIX = ".dlt";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int TOGETHER = 500;
    private static final int LARGEST = 8 * 1024 * 1024;

    private final KafkaConnection kafka;
    private final Admin admin;

    /**
     * @param kafka the brokers
     */
    public DeadLetterBox(KafkaConnection kafka) {
        this.kafka = kafka;
        this.admin =
                kafka.admin(
                        Map.of(
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                Math.toIntExact(PATIENCE.toMillis()),
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                5_000));
    }

    /**
     * How a replay went.
     *
     * @param sent sent once more
     * @param left could not be: their values were left out
     */
    public record Replay(int sent, List<DeadLetter> left) {}

    /** Looks at records; whether it wants more. */
    private interface Scanner {
        boolean scan(ConsumerRecord<byte[], byte[]> record) throws DeadLetterException;
    }

    /** Looks at dead letters; whether it wants more. */
    private interface Visitor {
        boolean visit(DeadLetter letter, ConsumerRecord<byte[], byte[]> record)
                throws DeadLetterException;
    }

    /**
     * Dead letters, oldest first in each topic.
     *
     * @param topics which topics, by source or dead-letter name
     * @param replayed whether to show those that were sent once more, too
     * @param limit most
     * @throws DeadLetterException when the broker does not answer
     */
    public List<DeadLetter> list(Predicate<String> topics, boolean replayed, int limit)
            throws DeadLetterException {
        List<DeadLetter> letters = new ArrayList<>();
        Map<TopicPartition, Long> ends = ends(topics);
        read(
                ends,
                noted(ends),
                (letter, record) -> {
                    if (letters.size() < limit && (replayed || !letter.replayed())) {
                        letters.add(letter);
                    }
                    return letters.size() < limit;
                });
        letters.sort(
                Comparator.comparing(DeadLetter::topic)
                        .thenComparingInt(DeadLetter::partition)
                        .thenComparingLong(DeadLetter::offset));
        return letters;
    }

    /**
     * Sends chosen ones once more that were not yet.
     *
     * @param topics which topics, by source or dead-letter name
     * @param chosen which of them
     * @throws DeadLetterException when the broker does not take them, or a source is gone; what was
     *     sent before is remembered
     */
    public Replay replay(Predicate<String> topics, Predicate<DeadLetter> chosen)
            throws DeadLetterException {
        // The same ends for both: a letter of this replay's own is not looked at.
        Map<TopicPartition, Long> ends = ends(topics);
        Map<TopicPartition, Set<Long>> noted = noted(ends);
        Map<String, Integer> partitions = partitions();
        List<DeadLetter> left = new ArrayList<>();
        int[] sent = {0};
        List<ConsumerRecord<byte[], byte[]>> picked = new ArrayList<>();
        long[] bytes = {0};
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            read(
                    ends,
                    noted,
                    (letter, record) -> {
                        if (letter.replayed() || !chosen.test(letter)) {
                            return true;
                        }
                        if (!partitions.containsKey(letter.source())) {
                            throw new DeadLetterException(
                                    "there is no topic " + letter.source() + " any more");
                        }
                        if (letter.leftOut()) {
                            left.add(letter);
                            return true;
                        }
                        picked.add(record);
                        bytes[0] += letter.bytes();
                        sent[0]++;
                        if (picked.size() == TOGETHER || bytes[0] >= LARGEST) {
                            send(producer, picked, partitions);
                            picked.clear();
                            bytes[0] = 0;
                        }
                        return true;
                    });
            send(producer, picked, partitions);
        }
        return new Replay(sent[0], left);
    }

    private void send(
            KafkaProducer<byte[], byte[]> producer,
            List<ConsumerRecord<byte[], byte[]>> records,
            Map<String, Integer> partitions)
            throws DeadLetterException {
        Map<TopicPartition, List<Long>> sent = new LinkedHashMap<>();
        List<ProducerRecord<byte[], byte[]>> again = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            again.add(again(record, partitions));
            sent.computeIfAbsent(partition(record), from -> new ArrayList<>()).add(record.offset());
        }
        sendAll(producer, again);
        List<ProducerRecord<byte[], byte[]>> notes = new ArrayList<>();
        sent.forEach((from, offsets) -> notes.add(ReplayNote.of(from, offsets)));
        sendAll(producer, notes);
    }

    private void sendAll(
            KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
            throws DeadLetterException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(producer.send(record));
        }
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            get(each);
        }
    }

    private static ProducerRecord<byte[], byte[]> again(
            ConsumerRecord<byte[], byte[]> record, Map<String, Integer> partitions) {
        DeadLetter letter = DeadLetter.of(record, false);
        RecordOrigin origin = letter.origin();
        boolean stillThere =
                origin != null
                        && origin.topic().equals(letter.source())
                        && origin.partition() < partitions.getOrDefault(letter.source(), 0);
        ProducerRecord<byte[], byte[]> again =
                new ProducerRecord<>(
                        letter.source(),
                        stillThere && origin != null ? origin.partition() : null,
                        record.key(),
                        record.value());
        record.headers().forEach(again.headers()::add);
        again.headers().remove(DeadLetters.REASON).remove(DeadLetters.READ_AT);
        return again;
    }

    /** Where the dead letters of the topics end now. */
    private Map<TopicPartition, Long> ends(Predicate<String> topics) throws DeadLetterException {
        Map<TopicPartition, OffsetSpec> latest = new LinkedHashMap<>();
        partitions()
                .forEach((topic, count) -> {
                    if (topic.endsWith(SUFFIX)
                            && (topics.test(topic)
                                    || topics.test(
                                            topic.substring(
                                                    0, topic.length() - SUFFIX.length())))) {
                        for (int p = 0; p < count; p++) {
                            latest.put(new TopicPartition(topic, p), OffsetSpec.latest());
                        }
                    }
                });
        Map<TopicPartition, Long> ends = new LinkedHashMap<>();
        get(admin.listOffsets(latest).all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** The letters that notes say were sent once more. */
    private Map<TopicPartition, Set<Long>> noted(Map<TopicPartition, Long> ends)
            throws DeadLetterException {
        Map<TopicPartition, Set<Long>> noted = new HashMap<>();
        scan(
                ends,
                record -> {
                    noted.computeIfAbsent(partition(record), partition -> new HashSet<>())
                            .addAll(ReplayNote.offsets(record));
                    return true;
                });
        return noted;
    }

    private Map<String, Integer> partitions() throws DeadLetterException {
        Set<String> names = get(admin.listTopics().names());
        Map<String, Integer> partitions = new TreeMap<>();
        for (TopicDescription topic : get(admin.describeTopics(names).allTopicNames()).values()) {
            partitions.put(topic.name(), topic.partitions().size());
        }
        return partitions;
    }

    /** Reads the letters, but the notes, as {@link #scan}. */
    private void read(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Set<Long>> noted, Visitor visitor)
            throws DeadLetterException {
        scan(
                ends,
                record -> {
                    if (ReplayNote.is(record)) {
                        return true;
                    }
                    boolean again =
                            noted.getOrDefault(partition(record), Set.of())
                                    .contains(record.offset());
                    return visitor.visit(DeadLetter.of(record, again), record);
                });
    }

    /** Reads from the beginning to the ends, or until the scanner has enough. */
    private void scan(Map<TopicPartition, Long> ends, Scanner scanner) throws DeadLetterException {
        if (ends.isEmpty()) {
            return;
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            boolean more = true;
            while (more
                    && ends.entrySet().stream()
                            .anyMatch(end ->
                                    consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    more =
                            more
                                    && (record.offset() >= ends.getOrDefault(partition(record), 0L)
                                            || scanner.scan(record));
                }
            }
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            throw new DeadLetterException("Kafka at " + kafka + " does not answer", e);
        }
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                kafka.with(
                        Map.of(
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                kafka.with(
                        Map.of(
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                LARGEST)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private <T> T get(Future<T> future) throws DeadLetterException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadLetterException("interrupted", e);
        } catch (ExecutionException e) {
            throw new DeadLetterException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new DeadLetterException("Kafka at " + kafka + " does not answer", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
