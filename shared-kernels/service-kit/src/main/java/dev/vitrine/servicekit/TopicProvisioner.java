package dev.vitrine.servicekit;

import dev.vitrine.contracts.wire.TopicDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing, before anything reads or writes them, and waits until they
 * can be written. One that it has seen is not asked for again. Thread-safe.
 */
public final class TopicProvisioner {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final int CALL_SECONDS = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final KafkaConnection kafka;
    private final short replication;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /**
     * @param kafka the brokers
     * @param replication replicas of a new topic
     */
    public TopicProvisioner(KafkaConnection kafka, short replication) {
        this.kafka = kafka;
        this.replication = replication;
    }

    /**
     * Makes sure that the topics exist; waits up to two minutes for a broker that does not answer,
     * or until the process is told to end.
     *
     * @throws IllegalStateException when no broker answered, one refused, or the process ends
     * @throws KafkaRefusedException when the brokers do not take the login
     */
    public void ensure(List<TopicDefinition> topics) {
        if (topics.stream().map(TopicDefinition::name).allMatch(seen::contains)) {
            return;
        }
        try (var _ = new InterruptAtShutdown();
                Admin admin = kafka.admin(Map.of())) {
            ensure(admin, topics);
        }
    }

    private void ensure(Admin admin, List<TopicDefinition> topics) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Set<String> created = new HashSet<>();
        try {
            while (!tryToCreate(admin, topics, created, end)) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            // Before the client is closed: it then does not wait for what it has asked.
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka at " + kafka, e);
        }
    }

    /**
     * @param created receives the names of topics that were missing, at this attempt or another
     * @return false if it is to be tried again
     */
    private boolean tryToCreate(
            Admin admin, List<TopicDefinition> topics, Set<String> created, long end)
            throws InterruptedException {
        try {
            create(admin, topics, created);
            return true;
        } catch (TimeoutException | RetriableException e) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("Kafka at " + kafka + " does not answer", e);
            }
            log.info("Kafka at {} does not answer yet: {}", kafka, e.toString());
            return false;
        }
    }

    private void create(Admin admin, List<TopicDefinition> topics, Set<String> created)
            throws InterruptedException, TimeoutException {
        try {
            Set<String> present = admin.listTopics().names().get(CALL_SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing =
                    topics.stream()
                            .filter(topic -> !present.contains(topic.name()))
                            .map(this::toNewTopic)
                            .toList();
            missing.forEach(topic -> created.add(topic.name()));
            for (KafkaFuture<Void> creation : admin.createTopics(missing).values().values()) {
                await(creation);
            }
            awaitLeaders(admin, created);
            seen.addAll(present);
            topics.forEach(topic -> seen.add(topic.name()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException retriable) {
                throw retriable;
            }
            if (e.getCause() instanceof AuthenticationException refusal) {
                throw new KafkaRefusedException(kafka, refusal);
            }
            throw new IllegalStateException("topics cannot be created", e);
        }
    }

    private static void await(KafkaFuture<Void> created)
            throws InterruptedException, TimeoutException, ExecutionException {
        try {
            created.get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Five services start at once and want the same topics.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /**
     * Throws what can be tried again until every partition answers. One that does not yet may
     * refuse the first batch of a producer and take the second, which was on its way: then it
     * refuses the first for good.
     */
    private static void awaitLeaders(Admin admin, Set<String> names)
            throws InterruptedException, TimeoutException, ExecutionException {
        // A broker hears of a topic some time after it was created.
        Map<String, TopicDescription> known =
                admin.describeTopics(names).allTopicNames().get(CALL_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic : known.values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                ends.put(
                        new TopicPartition(topic.name(), partition.partition()),
                        OffsetSpec.latest());
            }
        }
        admin.listOffsets(ends).all().get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private NewTopic toNewTopic(TopicDefinition topic) {
        return new NewTopic(topic.name(), topic.partitions(), replication)
                .configs(topic.settings());
    }
}
