package dev.vitrine.index.apply;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.index.ProductSearchable;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.DebouncedTask;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a shard: two that read the state topics, one that publishes, one that takes
 * snapshots, one that tends text and vectors. {@link #start} and {@link #close} are called once
 * each.
 */
final class ShardLifecycle implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShardLifecycle.class);
    private static final Duration ASK_BROKER = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Text and vectors are tended although changes never pause, or once more after a failure. */
    private static final Duration TEND_AFTER_MAX = Duration.ofMinutes(1);

    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private final Shard shard;
    private final TopicApplier applier;
    private final SnapshotKeeper snapshots;
    private final SnapshotAge age;
    private final Rebuild rebuild;
    private final CatalogDirectory directory;
    private final EventPublisher events;
    private final ShardProperties properties;
    private final ShardMeters meters;
    private final KafkaConnection kafka;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch following = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final DebouncedTask tender;
    private @Nullable Thread beginner;

    private volatile @Nullable String snapshotFailure;
    private volatile @Nullable StateTopicReader products;
    private volatile @Nullable StateTopicReader embeddings;

    ShardLifecycle(
            Shard shard,
            TopicApplier applier,
            SnapshotKeeper snapshots,
            SnapshotAge age,
            Rebuild rebuild,
            CatalogDirectory directory,
            EventPublisher events,
            ShardProperties properties,
            ShardMeters meters,
            KafkaConnection kafka,
            Clock clock) {
        this.shard = shard;
        this.applier = applier;
        this.snapshots = snapshots;
        this.age = age;
        this.rebuild = rebuild;
        this.directory = directory;
        this.events = events;
        this.properties = properties;
        this.meters = meters;
        this.kafka = kafka;
        this.clock = clock;
        this.tender =
                new DebouncedTask(
                        "index-shard-tender", snapshots::changes, shard::tend, TEND_AFTER_MAX);
    }

    /** Loads the snapshot, or has everything rebuilt, and begins to read. */
    void start() throws IOException, InterruptedException {
        Map<String, Long> offsets = snapshots.restore();
        directory.onChange(shard::put);
        directory.all().forEach(shard::put);
        // Deleted, and read to be so, while the snapshot was loaded.
        for (CatalogShard catalog : shard.catalogs()) {
            directory
                    .await(catalog.ref(), 0, Deadline.in(Duration.ZERO, clock))
                    .ifPresent(shard::put);
        }
        startThread("index-shard-publisher", this::publishLoop);
        startThread("index-shard-snapshots", this::snapshotLoop);
        tender.start();
        if (offsets.isEmpty()) {
            rebuild.announce();
        }
        // Virtual, because only its reads of sockets can be interrupted.
        beginner = Thread.ofVirtual().name("index-shard-begin").start(() -> begin(offsets));
    }

    /**
     * Goes on from the snapshot, or rebuilds.
     *
     * @param noted what the snapshot says; empty without one
     */
    private void begin(Map<String, Long> noted) {
        try {
            Map<String, Long> offsets = noted;
            if (!noted.isEmpty() && age.tooOld(noted, closing)) {
                rebuild.announce();
                snapshots.forget();
                directory.all().forEach(shard::put);
                offsets = Map.of();
            }
            if (offsets.isEmpty()) {
                offsets = rebuild.run(closing);
            }
            if (closing.getCount() > 0) {
                follow(offsets);
            }
        } catch (InterruptedException e) {
            log.debug("the shard closes before it has begun to read", e);
        } catch (RuntimeException | OutOfMemoryError e) {
            // Also memory for vectors that runs out: a reader of topics waits for it, and says so.
            if (closing.getCount() > 0) {
                log.error("the shard could not be rebuilt from the writer", e);
                follow(Map.of());
            }
        }
    }

    /** Reads the topics from there. */
    private void follow(Map<String, Long> offsets) {
        StateTopicReader productReader =
                reader("index-shard-products", Topics.PRODUCTS, offsets, applier::products);
        StateTopicReader embeddingReader =
                reader(
                        "index-shard-embeddings",
                        Topics.EMBEDDINGS,
                        offsets,
                        batch ->
                                applier.embeddings(
                                        batch,
                                        () ->
                                                productReader.caughtUp()
                                                        && productReader.behind() == 0));
        products = productReader;
        embeddings = embeddingReader;
        productReader.start();
        embeddingReader.start();
        rebuild.ended();
        following.countDown();
    }

    private StateTopicReader reader(
            String name,
            String topic,
            Map<String, Long> offsets,
            StateTopicReader.RecordHandler handler) {
        List<TopicPartition> partitions = new ArrayList<>();
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (int p = properties.firstPartition(); p <= properties.lastPartition(); p++) {
            TopicPartition partition = new TopicPartition(topic, p);
            partitions.add(partition);
            Long offset = offsets.get(partition.toString());
            if (offset != null) {
                starts.put(partition, offset);
            }
        }
        return new StateTopicReader(name, kafka, partitions, starts, handler);
    }

    private void startThread(String name, Runnable loop) {
        Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(loop);
        threads.add(thread);
        thread.start();
    }

    /**
     * Waits until what was in the topics at the start is applied and published.
     *
     * @param silence longest time without anything being read, as while no broker answers
     * @return whether it is; false when that time was exceeded or the shard closes
     */
    boolean awaitCaughtUp(Duration silence) throws InterruptedException {
        long read = 0;
        long since = System.nanoTime();
        boolean caughtUp = caughtUpWithin(LOOK_EVERY);
        while (!caughtUp
                && closing.getCount() > 0
                && System.nanoTime() - since < silence.toNanos()) {
            long now = read();
            if (now != read) {
                read = now;
                since = System.nanoTime();
            }
            caughtUp = caughtUpWithin(LOOK_EVERY);
        }
        try {
            shard.publish();
        } catch (UncheckedIOException e) {
            // Of a full disk; the publishing thread tries again, and what was there is searched.
            log.error("what was read could not be published yet", e);
        }
        return caughtUp;
    }

    private boolean caughtUpWithin(Duration time) throws InterruptedException {
        if (!following.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        StateTopicReader productReader = products;
        StateTopicReader embeddingReader = embeddings;
        return productReader != null
                && embeddingReader != null
                && productReader.awaitCaughtUp(time)
                && embeddingReader.awaitCaughtUp(time);
    }

    /** Grows with everything that comes from the writer and from the topics. */
    private long read() {
        return rebuild.applied() + offsets().values().stream().mapToLong(Long::longValue).sum();
    }

    /** What the rebuild does or did. */
    Rebuild rebuild() {
        return rebuild;
    }

    /** Why the last snapshot could not be taken; empty when it could. */
    Optional<String> snapshotFailure() {
        return Optional.ofNullable(snapshotFailure);
    }

    /** Why the next changes cannot be applied; empty while they can. */
    Optional<String> changesFailure() {
        StateTopicReader productReader = products;
        StateTopicReader embeddingReader = embeddings;
        Optional<String> failure =
                productReader == null ? Optional.empty() : productReader.failure();
        return failure.isPresent() || embeddingReader == null ? failure : embeddingReader.failure();
    }

    boolean caughtUp() {
        StateTopicReader productReader = products;
        StateTopicReader embeddingReader = embeddings;
        return productReader != null
                && embeddingReader != null
                && productReader.caughtUp()
                && embeddingReader.caughtUp();
    }

    /**
     * Records of the state topics that are known to exist and are not applied; while the shard is
     * rebuilt, the products that are still to come.
     */
    long behind() {
        StateTopicReader productReader = products;
        StateTopicReader embeddingReader = embeddings;
        return rebuild.left()
                + (productReader == null ? 0 : productReader.behind())
                + (embeddingReader == null ? 0 : embeddingReader.behind());
    }

    /**
     * How many records are not applied, against what the broker holds now; with 0 all of them are
     * in the published generation too, and while one cannot be published it is 1 at least. When no
     * broker answers by the deadline, what was known last.
     */
    long settle(Deadline deadline) {
        StateTopicReader productReader = products;
        StateTopicReader embeddingReader = embeddings;
        if (productReader == null || embeddingReader == null) {
            return behind();
        }
        CompletableFuture<Long> total =
                productReader.behindNow().thenCombine(embeddingReader.behindNow(), Long::sum);
        long behind;
        try {
            behind =
                    total.get(
                            deadline.atMost(ASK_BROKER).remaining().toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("the broker does not say how far its topics are", e);
            behind = behind();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            behind = behind();
        }
        if (behind == 0) {
            try {
                shard.publish();
            } catch (UncheckedIOException e) {
                log.warn("what was read could not be published yet: {}", e.toString());
                return 1;
            }
        }
        return behind;
    }

    private void publishLoop() {
        while (closing.getCount() > 0) {
            try {
                announce(shard.publishDue());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | OutOfMemoryError e) {
                log.error("a generation could not be published; tried again", e);
                pause();
            }
        }
    }

    /** Tells the others, once; whoever misses it sees the next change. */
    private void announce(List<ProductSearchable> searchable) {
        for (ProductSearchable product : searchable) {
            ProductKey key =
                    new ProductKey(
                            new CatalogRef(product.tenant(), product.catalog()), product.id());
            CompletableFuture<?> sent =
                    events.publish(
                            Topics.INDEX_CHANGES,
                            ProductPartitions.of(key),
                            key.key(),
                            EventHeaders.TYPE_PRODUCT_SEARCHABLE,
                            EventHeaders.JSON,
                            WireJson.write(product),
                            Map.of(EventHeaders.PRODUCT_VERSION, Long.toString(product.version())));
            if (sent.isCompletedExceptionally()) {
                // The broker does not answer: the rest would wait as long, each of them.
                meters.announcementsLost(searchable.size());
                log.warn("{} changes were not announced: no broker", searchable.size());
                return;
            }
        }
    }

    private void snapshotLoop() {
        long waited = 0;
        while (pause()) {
            waited += LOOK_EVERY.toMillis();
            long changes = snapshots.changes();
            // After a failure only time makes one due: a full disk is not asked twice a second.
            boolean due =
                    (changes >= properties.snapshotChanges() && snapshotFailure == null)
                            || (changes > 0 && waited >= properties.snapshotEvery().toMillis());
            if (due && caughtUp()) {
                waited = 0;
                takeSnapshot();
            }
        }
    }

    /** Memory outside the heap that runs out is an error, and leaves everything as it was. */
    private void takeSnapshot() {
        try {
            meters.snapshot(() -> {
                snapshots.take(this::offsets);
                return null;
            });
            snapshotFailure = null;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            meters.snapshotFailed();
            snapshotFailure = e.toString();
            log.error("no snapshot could be taken; the one before stays", e);
        }
    }

    private Map<String, Long> offsets() {
        Map<String, Long> offsets = new HashMap<>();
        for (StateTopicReader reader : new StateTopicReader[] {products, embeddings}) {
            if (reader != null) {
                reader.positions()
                        .forEach((partition, next) -> offsets.put(partition.toString(), next));
            }
        }
        return offsets;
    }

    /** Whether it goes on. */
    private boolean pause() {
        try {
            return !closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends reading, takes a last snapshot and closes the shard. */
    @Override
    public void close() {
        closing.countDown();
        tender.close();
        shard.stop();
        Thread beginning = beginner;
        if (beginning != null) {
            beginning.interrupt();
            join(beginning);
        }
        for (StateTopicReader reader : new StateTopicReader[] {products, embeddings}) {
            if (reader != null) {
                reader.close();
            }
        }
        threads.forEach(ShardLifecycle::join);
        awaitTender();
        if (caughtUp() && snapshots.changes() > 0) {
            takeSnapshot();
        }
        announce(shard.unannounced());
        shard.close();
    }

    private void awaitTender() {
        try {
            tender.awaitEnd(END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
