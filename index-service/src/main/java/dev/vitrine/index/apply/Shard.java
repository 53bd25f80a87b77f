package dev.vitrine.index.apply;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.index.ProductSearchable;
import dev.vitrine.index.execute.Generation;
import dev.vitrine.index.execute.Generations;
import dev.vitrine.index.snapshot.SnapshotStore;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The searchable state of all catalogues of a shard.
 *
 * <p>Changes come under one lock, from the threads that read the topics; a change shows with the
 * next {@link #publishDue}. Searches read published generations and take no lock.
 */
final class Shard implements Generations {

    private static final Logger log = LoggerFactory.getLogger(Shard.class);

    private static final long NEVER = Long.MIN_VALUE;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final ShardProperties properties;
    private final SnapshotStore store;
    private final LongSupplier nanoTime;
    private final Map<CatalogRef, CatalogShard> catalogs = new ConcurrentHashMap<>();
    private final Semaphore waiters;

    // Fair: a publication must not wait until a long batch of changes is through.
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Condition published = lock.newCondition();
    private final Condition heldFewer = lock.newCondition();
    private final HeldEmbeddings held;

    private List<ProductSearchable> unannounced = new ArrayList<>();
    private long generation;
    private long firstChange = NEVER;
    private long lastChange;
    private long changesSinceSnapshot;
    private boolean holding;
    private boolean closed;

    Shard(ShardProperties properties, SnapshotStore store, LongSupplier nanoTime) {
        this.properties = properties;
        this.store = store;
        this.nanoTime = nanoTime;
        this.held = new HeldEmbeddings(properties.heldMax());
        this.waiters = new Semaphore(properties.waitersMax());
    }

    /** Runs something while nothing changes. */
    <T> T exclusively(Function<Shard, T> action) {
        lock.lock();
        try {
            return action.apply(this);
        } finally {
            lock.unlock();
        }
    }

    // ---- changes ----

    /** A catalogue has this schema from now on, or is deleted. */
    void put(CatalogChanged catalog) {
        lock.lock();
        try {
            CatalogShard known = catalogs.get(catalog.ref());
            if (catalog.deleted()) {
                if (known != null && known.catalog().schemaVersion() <= catalog.schemaVersion()) {
                    catalogs.remove(catalog.ref());
                    known.close();
                    held.removeCatalog(catalog.ref());
                    noteChange();
                }
            } else if (known == null) {
                CatalogShard created = CatalogShard.create(catalog, properties, store, generation);
                // Empty, but searchable at once: a catalogue that exists is never "not found".
                created.publish(++generation);
                catalogs.put(catalog.ref(), created);
                noteChange();
            } else if (known.catalog().schemaVersion() < catalog.schemaVersion()) {
                known.changeSchema(catalog, generation + 1);
                noteChange();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A product has this state from now on; its catalogue is known. */
    void put(ProductChanged product) {
        lock.lock();
        try {
            CatalogShard catalog = catalogs.get(product.key().catalog());
            if (catalog == null) {
                return;
            }
            if (catalog.put(product)) {
                noteChange();
            }
            // Also of a product that is known: its batch comes again when its vector found no
            // memory.
            Embedding early = held.find(product.key());
            if (early != null) {
                if (!catalog.put(product.id(), early).toHold()) {
                    held.remove(product.key());
                    heldFewer.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** A product is deleted with this version. */
    void delete(ProductKey key, long version) {
        lock.lock();
        try {
            CatalogShard catalog = catalogs.get(key.catalog());
            if (catalog != null && catalog.delete(key.id(), version, generation + 1)) {
                noteChange();
                Embedding early = held.find(key);
                if (early != null && early.version() <= version) {
                    held.remove(key);
                    heldFewer.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** A product was deleted with this version, perhaps before it was known here. */
    void remember(ProductKey key, long version) {
        lock.lock();
        try {
            CatalogShard catalog = catalogs.get(key.catalog());
            if (catalog != null && !catalog.remember(key.id(), version)) {
                delete(key, version);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A product has this vector from now on. Waits while too many vectors are held whose products
     * have not come.
     *
     * @param productsRead whether every product that is known to exist has been read; then a held
     *     vector's text was overtaken, and the oldest one makes room
     * @throws IllegalArgumentException when the vector does not fit the others of its model
     * @throws InterruptedException when the shard closes meanwhile
     */
    void put(ProductKey key, Embedding embedding, BooleanSupplier productsRead)
            throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                CatalogShard catalog = catalogs.get(key.catalog());
                CatalogShard.Fate fate =
                        catalog == null
                                ? CatalogShard.Fate.EARLY
                                : catalog.put(key.id(), embedding);
                if (fate == CatalogShard.Fate.STORED || fate == CatalogShard.Fate.AHEAD) {
                    noteChange();
                }
                if (!fate.toHold()) {
                    held.remove(key);
                    return;
                }
                if (!held.full() || held.find(key) != null) {
                    held.put(key, embedding);
                    changesSinceSnapshot++;
                    return;
                }
                if (closed) {
                    throw new InterruptedException("the shard closes");
                }
                if (productsRead.getAsBoolean()) {
                    held.removeOldest();
                } else {
                    // How much of the time is left does not matter: it looks again either way.
                    heldFewer.awaitNanos(LOOK_AGAIN.toNanos());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The vector of a product is gone. */
    void removeVector(ProductKey key, long version) {
        lock.lock();
        try {
            CatalogShard catalog = catalogs.get(key.catalog());
            if (catalog != null) {
                catalog.removeVector(key.id(), version);
                noteChange();
            }
            Embedding early = held.find(key);
            if (early != null && early.version() <= version) {
                held.remove(key);
                heldFewer.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void noteChange() {
        lastChange = nanoTime.getAsLong();
        if (firstChange == NEVER) {
            firstChange = lastChange;
        }
        changesSinceSnapshot++;
        changed.signalAll();
    }

    // ---- publication ----

    /**
     * Makes no publication due, or again: while everything comes anew, half of it is worth no
     * generation, and one for each product would take most of the time.
     */
    void holdPublication(boolean hold) {
        lock.lock();
        try {
            holding = hold;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a publication is due and makes it, or until another has been made.
     *
     * @return as {@link #unannounced}; empty once the shard is closed
     */
    List<ProductSearchable> publishDue() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                if (!unannounced.isEmpty()) {
                    return unannounced();
                }
                if (firstChange == NEVER || holding) {
                    changed.await();
                    continue;
                }
                long now = nanoTime.getAsLong();
                long latest = firstChange + properties.publishAfter().toNanos() - now;
                long idle = lastChange + properties.publishIdle().toNanos() - now;
                long left = Math.min(latest, idle);
                if (left <= 0) {
                    publish();
                    return unannounced();
                }
                // Woken early by a further change, it computes anew.
                changed.awaitNanos(left);
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Publishes every catalogue that changed.
     *
     * @throws UncheckedIOException when the disk does not take the text of one of them; the others
     *     are published, and that one is due at once
     */
    void publish() {
        lock.lock();
        try {
            UncheckedIOException failure = null;
            for (CatalogShard catalog : catalogs.values()) {
                if (!catalog.dirty()) {
                    continue;
                }
                try {
                    unannounced.addAll(catalog.publish(++generation));
                } catch (UncheckedIOException e) {
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
            firstChange = NEVER;
        } finally {
            published.signalAll();
            changed.signalAll();
            lock.unlock();
        }
    }

    /** What became searchable since the last call, to be told by the caller. */
    List<ProductSearchable> unannounced() {
        lock.lock();
        try {
            List<ProductSearchable> searchable = unannounced;
            unannounced = new ArrayList<>();
            return searchable;
        } finally {
            lock.unlock();
        }
    }

    /** Does the background work on text and vectors that is due; changes and searches go on. */
    void tend() {
        for (CatalogShard catalog : catalogs()) {
            if (exclusively(shard -> catalog.text()).mergeSegments()) {
                renew(catalog, CatalogShard::renew);
            }
            List<VectorEngine> engines = exclusively(shard -> catalog.vectors().engines());
            for (VectorEngine engine : engines) {
                if (engine.tend()) {
                    log.info("vectors of {}: {}", catalog.ref(), engine.describe());
                    renew(catalog, CatalogShard::renewVectors);
                }
            }
        }
    }

    private void renew(CatalogShard catalog, Consumer<CatalogShard> renewal) {
        lock.lock();
        try {
            renewal.accept(catalog);
            noteChange();
        } finally {
            lock.unlock();
        }
    }

    // ---- reading ----

    /** The published rows of each catalogue that has any. */
    Map<CatalogRef, VectorSearch> vectors() {
        Map<CatalogRef, VectorSearch> rows = new HashMap<>();
        for (CatalogShard catalog : catalogs()) {
            CatalogShard.Published now = catalog.published();
            if (now != null) {
                now.generation()
                        .vectors()
                        .largest()
                        .ifPresent(search -> rows.put(catalog.ref(), search));
            }
        }
        return rows;
    }

    @Override
    public <T> T read(CatalogRef ref, Function<Generation, T> reader) {
        Generation current = acquire(ref);
        try {
            return reader.apply(current);
        } finally {
            current.release();
        }
    }

    private Generation acquire(CatalogRef ref) {
        while (true) {
            CatalogShard catalog = catalogs.get(ref);
            CatalogShard.Published now = catalog == null ? null : catalog.published();
            if (now == null) {
                throw new ProblemException(
                        CommonErrors.CATALOG_NOT_FOUND,
                        "the index has no catalogue '" + ref.catalog() + "'");
            }
            // A generation that closes right now has a successor.
            if (now.generation().acquire()) {
                return now.generation();
            }
        }
    }

    Optional<CatalogShard> find(CatalogRef ref) {
        return Optional.ofNullable(catalogs.get(ref));
    }

    Collection<CatalogShard> catalogs() {
        return catalogs.values();
    }

    /**
     * Waits until a version of a product, or its deletion, is in the published generation.
     *
     * @return whether it is; false when the deadline came first
     */
    boolean awaitSearchable(ProductKey key, long version, Deadline deadline)
            throws InterruptedException {
        if (!waiters.tryAcquire()) {
            throw new ProblemException(
                            CommonErrors.OVERLOADED, "too many requests wait for changes")
                    .withRetryAfter(Duration.ofSeconds(1));
        }
        lock.lock();
        try {
            while (true) {
                CatalogShard catalog = catalogs.get(key.catalog());
                if (catalog != null && catalog.isSearchable(key.id(), version)) {
                    return true;
                }
                long left = deadline.remaining().toNanos();
                if (closed || left == 0) {
                    return false;
                }
                if (published.awaitNanos(left) <= 0 && deadline.expired()) {
                    return catalog != null && catalog.isSearchable(key.id(), version);
                }
            }
        } finally {
            lock.unlock();
            waiters.release();
        }
    }

    // ---- snapshots, under the lock ----

    long generation() {
        return generation;
    }

    HeldEmbeddings held() {
        return held;
    }

    int heldCount() {
        return exclusively(shard -> shard.held.size());
    }

    long changesSinceSnapshot() {
        return exclusively(shard -> shard.changesSinceSnapshot);
    }

    void snapshotTaken() {
        changesSinceSnapshot = 0;
    }

    /** What was taken could not be kept; the number of changes that wait for the next attempt. */
    long snapshotMissing() {
        return ++changesSinceSnapshot;
    }

    /** Begins with what a snapshot held. */
    void restore(
            Collection<CatalogShard> restored,
            Map<ProductKey, Embedding> restoredHeld,
            long lastGeneration) {
        lock.lock();
        try {
            generation = lastGeneration;
            for (CatalogShard catalog : restored) {
                catalog.publish(++generation);
                catalogs.put(catalog.ref(), catalog);
            }
            restoredHeld.forEach(held::put);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything, as if it had begun with nothing. */
    void reset() {
        lock.lock();
        try {
            catalogs.values().forEach(CatalogShard::close);
            catalogs.clear();
            held.clear();
        } finally {
            lock.unlock();
        }
    }

    /** No more changes and publications; wakes whoever waits. */
    void stop() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            published.signalAll();
            heldFewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes all catalogues; running searches end undisturbed. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (CatalogShard catalog : catalogs.values()) {
                catalog.close();
            }
            catalogs.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Number of the catalogue's schema that is in use, or null without the catalogue. */
    @Nullable Long schemaVersion(CatalogRef ref) {
        CatalogShard catalog = catalogs.get(ref);
        return catalog == null ? null : catalog.catalog().schemaVersion();
    }
}
