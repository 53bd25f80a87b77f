package dev.vitrine.index.apply;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.KafkaConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds snapshots so old that their topic may have forgotten deletions. Thread-safe. */
final class SnapshotAge {

    /*
     * A deletion is on the compacted topic for delete.retention.ms, a day, and then gone as if it
     * had never been. So whoever goes on with a snapshot must not have missed any record that is
     * nearly as old. All that was missed is younger when the first record of the last hours is not
     * behind the noted offset; without such a record, when nothing at all was missed.
     *
     * Where compaction took the first young records away, the next one stands for them, and a
     * snapshot that would still do counts as too old. That costs a rebuild and nothing else.
     */
    private static final Logger log = LoggerFactory.getLogger(SnapshotAge.class);

    /** Half of the time that a deletion is kept: the rest is for reading, and for wrong clocks. */
    private static final Duration REMEMBERED = Duration.ofHours(12);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final String ANSWER_MILLIS = "10000";

    private final KafkaConnection kafka;
    private final Clock clock;

    SnapshotAge(KafkaConnection kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /**
     * Whether deletions may be gone that the snapshot has not seen. Asks until the broker answers.
     *
     * @param noted next offset by {@code topic-partition}
     * @param closing ends it early
     * @return false when it was ended
     */
    boolean tooOld(Map<String, Long> noted, CountDownLatch closing) throws InterruptedException {
        do {
            try {
                return tooOld(noted);
            } catch (ExecutionException | KafkaException e) {
                log.warn("the broker does not say yet how old the snapshot is: {}", e.toString());
            }
        } while (!closing.await(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS));
        return false;
    }

    private boolean tooOld(Map<String, Long> noted)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> next = new HashMap<>();
        for (int p = 0; p < Topics.STATE_PARTITIONS; p++) {
            TopicPartition partition = new TopicPartition(Topics.PRODUCTS, p);
            Long offset = noted.get(partition.toString());
            if (offset != null) {
                next.put(partition, offset);
            }
        }
        try (Admin admin =
                kafka.admin(
                        Map.of(
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                ANSWER_MILLIS,
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                ANSWER_MILLIS))) {
            // The ends first: what comes between the two questions is young.
            ListOffsetsResult ends = ask(admin, next, OffsetSpec.latest());
            ListOffsetsResult young =
                    ask(
                            admin,
                            next,
                            OffsetSpec.forTimestamp(
                                    clock.instant().minus(REMEMBERED).toEpochMilli()));
            for (Map.Entry<TopicPartition, Long> partition : next.entrySet()) {
                long first = young.partitionResult(partition.getKey()).get().offset();
                long end = ends.partitionResult(partition.getKey()).get().offset();
                if (partition.getValue() < (first < 0 ? end : first)) {
                    log.warn(
                            "the snapshot ends at {} of {}, records older than {} follow: deletions"
                                    + " may be gone, so it is not used",
                            partition.getValue(),
                            partition.getKey(),
                            REMEMBERED);
                    return true;
                }
            }
            return false;
        }
    }

    private static ListOffsetsResult ask(
            Admin admin, Map<TopicPartition, Long> partitions, OffsetSpec question)
            throws InterruptedException, ExecutionException {
        ListOffsetsResult answers =
                admin.listOffsets(
                        partitions.keySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Function.identity(), partition -> question)));
        answers.all().get();
        return answers;
    }
}
