package dev.vitrine.index.apply;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.index.state.StateLine;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.Deadline;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a shard without a snapshot everything that the writer's PostgreSQL holds, while writes go
 * on. What happens to products meanwhile is on the topics, from the offsets that were noted before;
 * it is applied by version afterwards. Used once, by one thread; progress may be asked by any.
 */
final class Rebuild {

    /*
     * Nothing is lost: a change that the scan does not see is committed after it began, so its record
     * comes after the noted offset. Nothing is resurrected: the deletions of the scan are remembered,
     * so a record of an older state that comes after the noted offset is stale; and all records of
     * the gap, deletions included, are applied before the shard says that it is ready. A scan that
     * breaks off is repeated and keeps the offsets of the first one, because its products are there
     * and may have been deleted between the two.
     */
    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration TRY_AGAIN = Duration.ofMillis(500);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

    private final Shard shard;
    private final WriterState source;
    private final boolean hasWriter;
    private final WriterAddress writer;
    private final CatalogDirectory directory;
    private final ShardProperties properties;
    private final RebuildProperties rebuilding;
    private final Clock clock;

    private final Map<String, Long> offsets = new HashMap<>();
    private volatile boolean running;
    private volatile long expected;
    private final AtomicLong applied = new AtomicLong();
    private volatile String outcome = "not needed";

    /**
     * @param hasWriter whether there is a writer at all
     * @param writer its address
     */
    Rebuild(
            Shard shard,
            WriterState source,
            boolean hasWriter,
            WriterAddress writer,
            CatalogDirectory directory,
            ShardProperties properties,
            RebuildProperties rebuilding,
            Clock clock) {
        this.shard = shard;
        this.source = source;
        this.hasWriter = hasWriter;
        this.writer = writer;
        this.directory = directory;
        this.properties = properties;
        this.rebuilding = rebuilding;
        this.clock = clock;
    }

    /** Says that it is about to run, so that nobody takes the shard for complete. */
    void announce() {
        running = true;
    }

    /** Says that the topics are read now. */
    void ended() {
        running = false;
    }

    /** Products that are still to come, at least 1 while it runs; 0 otherwise. */
    long left() {
        return running ? Math.max(1, expected - applied.get()) : 0;
    }

    /** Products that came from the writer. */
    long applied() {
        return applied.get();
    }

    /** What it does or did, for people. */
    String progress() {
        return running
                ? "running: %,d of about %,d products".formatted(applied.get(), expected)
                : outcome;
    }

    /**
     * Runs to its end.
     *
     * @param closing ends it early
     * @return next offset by {@code topic-partition}; empty when the topics have to be read from
     *     their beginning
     */
    Map<String, Long> run(CountDownLatch closing) throws InterruptedException {
        if (!hasWriter) {
            return fallBack("no writer is known (index.shard.rebuild.writer)");
        }
        shard.holdPublication(true);
        try {
            return fromWriter(closing);
        } finally {
            shard.holdPublication(false);
        }
    }

    private Map<String, Long> fromWriter(CountDownLatch closing) throws InterruptedException {
        Instant giveUp = clock.instant().plus(rebuilding.patience());
        int broken = 0;
        while (closing.getCount() > 0) {
            URI address = writer.await(TRY_AGAIN);
            String failure;
            if (address == null) {
                failure = "this process does not listen yet";
            } else {
                try {
                    scan(address, closing);
                    outcome = "%,d products from the writer".formatted(applied.get());
                    log.info("rebuilt: {}, now the changes since", outcome);
                    return offsets;
                } catch (WriterState.AwayException e) {
                    failure = e.getMessage() + ": " + e.getCause();
                } catch (IOException e) {
                    broken++;
                    failure = e.toString();
                    log.warn("the writer's state broke off after {} products", applied, e);
                }
            }
            if (broken >= rebuilding.attempts() || !clock.instant().isBefore(giveUp)) {
                return fallBack(failure);
            }
            if (address != null && closing.await(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        return Map.of();
    }

    private Map<String, Long> fallBack(String reason) {
        outcome = "from the beginning of the topics: " + reason;
        log.warn("the topics are read from their beginning: {}", reason);
        return Map.of();
    }

    private void scan(URI address, CountDownLatch closing) throws IOException {
        log.info("no snapshot: the state of all products is read from the writer at {}", address);
        Scan scan = new Scan(closing);
        applied.set(0);
        source.read(
                address,
                properties.firstPartition(),
                properties.lastPartition(),
                properties.tombstonesMax(),
                scan::apply);
        scan.settleCatalogs();
    }

    /** One reading of all lines. */
    private final class Scan {

        private final CountDownLatch closing;
        private final List<CatalogChanged> catalogs = new ArrayList<>();
        private Instant reported = clock.instant();

        Scan(CountDownLatch closing) {
            this.closing = closing;
        }

        void apply(StateLine line) {
            if (closing.getCount() == 0) {
                throw new IllegalStateException("the shard closes");
            }
            if (line.begin() != null) {
                expected = line.begin().products();
                line.begin()
                        .offsets()
                        .forEach((partition, next) -> offsets.merge(partition, next, Math::min));
            } else if (line.catalog() != null) {
                catalogs.add(line.catalog());
                shard.put(line.catalog());
            } else if (line.gone() != null) {
                shard.remember(ProductKey.parse(line.gone().key()), line.gone().version());
            } else if (line.product() != null) {
                apply(line.product(), line.vector());
            }
        }

        private void apply(ProductChanged product, StateLine.@Nullable Vector vector) {
            if (put(product) && vector != null) {
                try {
                    shard.put(
                            product.key(),
                            new Embedding(
                                    vector.model(),
                                    product.semanticHash(),
                                    vector.version(),
                                    VectorBytes.decode(vector.vector())),
                            () -> true);
                } catch (IllegalArgumentException e) {
                    // As on the topic: another model's vector; the product is found by its text.
                    log.warn("the vector of {} cannot be used: {}", product.key(), e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while rebuilding", e);
                }
            }
            applied.incrementAndGet();
            Instant now = clock.instant();
            if (now.isAfter(reported.plus(REPORT_EVERY))) {
                reported = now;
                log.info("rebuild {}", progress());
            }
        }

        /** Whether there is room for it, as there may not be on the topic. */
        private boolean put(ProductChanged product) {
            try {
                shard.put(product);
                return true;
            } catch (TooManyProductsException e) {
                log.error("{} is not searchable: {}", product.key(), e.getMessage());
                return false;
            }
        }

        /** One that was deleted meanwhile may have been put back by its line. */
        void settleCatalogs() {
            for (CatalogChanged catalog : catalogs) {
                try {
                    Optional<CatalogChanged> known =
                            directory.await(
                                    catalog.ref(),
                                    catalog.schemaVersion(),
                                    Deadline.in(Duration.ZERO, clock));
                    known.ifPresent(shard::put);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while rebuilding", e);
                }
            }
        }
    }
}
