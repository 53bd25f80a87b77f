package dev.vitrine.servicekit;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The catalogues, their schemas and their aliases, held in memory from {@link Topics#SCHEMAS}.
 * Thread-safe.
 *
 * <p>Products and schemas come by different topics, so a product may be read before its schema; who
 * needs the schema waits for it with {@link #await}.
 */
public final class CatalogDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CatalogDirectory.class);

    private final Map<CatalogRef, CatalogChanged> catalogs = new ConcurrentHashMap<>();
    private final List<Consumer<CatalogChanged>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StateTopicReader reader;

    /**
     * @param name of the service that reads
     * @param kafka the brokers
     */
    public CatalogDirectory(String name, KafkaConnection kafka) {
        this.reader =
                new StateTopicReader(
                        name + "-catalogs",
                        kafka,
                        List.of(new TopicPartition(Topics.SCHEMAS, 0)),
                        Map.of(),
                        this::apply);
    }

    /** Starts reading. */
    public void start() {
        reader.start();
    }

    /** Whether every catalogue that existed at the start is known. */
    public boolean ready() {
        return reader.caughtUp();
    }

    /** Waits until {@link #ready()}; false when the time is over first. */
    public boolean awaitReady(Duration time) throws InterruptedException {
        return reader.awaitCaughtUp(time);
    }

    /** A catalogue that exists. */
    public Optional<CatalogChanged> find(CatalogRef ref) {
        return Optional.ofNullable(catalogs.get(ref)).filter(catalog -> !catalog.deleted());
    }

    /**
     * A catalogue that exists.
     *
     * @throws ProblemException with CATALOG_NOT_FOUND, or UNAVAILABLE while not {@link #ready}
     */
    public CatalogChanged require(CatalogRef ref) {
        return find(ref)
                .orElseThrow(() ->
                        ready()
                                ? new ProblemException(
                                        CommonErrors.CATALOG_NOT_FOUND,
                                        "catalogue '" + ref.catalog() + "' does not exist")
                                : new ProblemException(
                                                CommonErrors.UNAVAILABLE,
                                                "catalogues are still being loaded")
                                        .withRetryAfter(Duration.ofSeconds(1)));
    }

    /** What a name stands for now: the target of an alias, else the name itself. */
    public CatalogRef resolve(CatalogRef name) {
        CatalogChanged known = catalogs.get(name);
        return known == null || known.aliasOf() == null
                ? name
                : new CatalogRef(name.tenant(), known.aliasOf());
    }

    /** The catalogue's own name, and every alias that stands for it now. */
    public List<CatalogRef> names(CatalogRef catalog) {
        return Stream.concat(
                        Stream.of(catalog),
                        catalogs.values().stream()
                                .filter(name -> name.tenant().equals(catalog.tenant()))
                                .filter(name -> catalog.catalog().equals(name.aliasOf()))
                                .map(CatalogChanged::ref))
                .toList();
    }

    /**
     * Since when the name has been what it is, as in {@link CatalogChanged#since}; {@link
     * Instant#EPOCH} where that is not known.
     */
    public Instant since(CatalogRef name) {
        CatalogChanged known = catalogs.get(name);
        return known == null || known.since() == null ? Instant.EPOCH : known.since();
    }

    /** Every catalogue that exists. */
    public List<CatalogChanged> all() {
        return catalogs.values().stream().filter(catalog -> !catalog.deleted()).toList();
    }

    /**
     * Waits until the catalogue is known in this schema version or a later one.
     *
     * @return what is known then, a deleted catalogue included; empty when the deadline came first
     */
    public Optional<CatalogChanged> await(CatalogRef ref, long schemaVersion, Deadline deadline)
            throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                CatalogChanged known = catalogs.get(ref);
                if (known != null && known.schemaVersion() >= schemaVersion) {
                    return Optional.of(known);
                }
                long left = deadline.remaining().toNanos();
                if (left == 0 || changed.awaitNanos(left) <= 0) {
                    return Optional.empty();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Calls back, on the reading thread, for each change from now on. */
    public void onChange(Consumer<CatalogChanged> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        reader.close();
    }

    private void apply(ConsumerRecords<String, byte[]> batch) {
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (record.value() == null) {
                continue;
            }
            try {
                put(WireJson.read(record.value(), CatalogChanged.class));
            } catch (JacksonException | IllegalArgumentException e) {
                // Only the writer sends these; a broken one must not keep the others away.
                log.error("record {} of {} is no catalogue", record.offset(), record.topic(), e);
            }
        }
    }

    private void put(CatalogChanged catalog) {
        lock.lock();
        try {
            catalogs.merge(
                    catalog.ref(),
                    catalog,
                    (old, now) -> now.schemaVersion() >= old.schemaVersion() ? now : old);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(listener -> listener.accept(catalog));
    }
}
