package dev.vitrine.index.scan;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.index.store.EmbeddingStore;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a shard has to read on after a scan that begins now. Thread-safe.
 *
 * <p>Of products the ends: what is on the topic was committed before. Of vectors what the intake
 * has committed: a vector that is on the topic need not be in PostgreSQL yet.
 */
final class ResumeOffsets {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final KafkaConnection kafka;

    ResumeOffsets(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /**
     * Asks the broker.
     *
     * @return offset by {@code topic-partition}; one without an entry is to be read from its
     *     beginning
     * @throws ProblemException with UNAVAILABLE when no broker answers
     */
    Map<String, Long> now() {
        Map<String, Long> offsets = new HashMap<>();
        try (Admin admin = kafka.admin(Map.of())) {
            admin.listOffsets(
                            IntStream.range(0, Topics.STATE_PARTITIONS)
                                    .mapToObj(p -> new TopicPartition(Topics.PRODUCTS, p))
                                    .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                    .all()
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> offsets.put(partition.toString(), end.offset()));
            admin.listConsumerGroupOffsets(EmbeddingStore.INTAKE_GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, committed) -> {
                        if (committed != null && partition.topic().equals(Topics.EMBEDDINGS)) {
                            offsets.put(partition.toString(), committed.offset());
                        }
                    });
            return offsets;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(Exception cause) {
        return new ProblemException(
                        CommonErrors.UNAVAILABLE, "Kafka does not say where to read on", cause)
                .withRetryAfter(Duration.ofSeconds(2));
    }
}
