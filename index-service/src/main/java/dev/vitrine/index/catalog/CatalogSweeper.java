package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.TaskKind;
import dev.vitrine.index.task.Tasks;
import dev.vitrine.index.transaction.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes products follow their catalogue, batch by batch in the background: after a new schema they
 * are rendered anew and published, after a deletion they are deleted. What is left to do is in the
 * catalogue's row, so a crash loses nothing; a batch that two processes do is done once, because
 * the second finds the products at the new schema version. One own thread between start and stop.
 */
final class CatalogSweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CatalogSweeper.class);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final CatalogRepository catalogs;
    private final ProductTable products;
    private final CatalogWriter writer;
    private final Transactions transactions;
    private final Tasks tasks;
    private final CatalogProperties properties;

    private final ReentrantLock monitor = new ReentrantLock();
    private final Condition signal = monitor.newCondition();
    private boolean signalled;
    private volatile boolean open;
    private @Nullable Thread thread;

    CatalogSweeper(
            CatalogRepository catalogs,
            ProductTable products,
            CatalogWriter writer,
            Transactions transactions,
            Tasks tasks,
            CatalogProperties properties) {
        this.catalogs = catalogs;
        this.products = products;
        this.writer = writer;
        this.transactions = transactions;
        this.tasks = tasks;
        this.properties = properties;
    }

    /** Says that a catalogue has changed. */
    void wake() {
        monitor.lock();
        try {
            signalled = true;
            signal.signalAll();
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public void start() {
        if (!open) {
            open = true;
            Thread started =
                    Thread.ofPlatform().name("catalog-sweeper").daemon().unstarted(this::run);
            thread = started;
            started.start();
        }
    }

    @Override
    public void stop() {
        open = false;
        wake();
        Thread running = thread;
        if (running != null) {
            try {
                running.join(STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return open;
    }

    private void run() {
        while (open) {
            try {
                for (CatalogRow catalog :
                        transactions.run(catalogs::findBySweepPendingTrueOrderByRowId)) {
                    sweep(catalog);
                }
            } catch (RuntimeException e) {
                log.warn("products cannot follow their catalogue yet: {}", e.toString());
                log.debug("sweep failed", e);
            }
            pause();
        }
    }

    private void sweep(CatalogRow catalog) {
        String after = "";
        long followed = 0;
        long left =
                transactions.run(
                        () -> products.countBefore(catalog.ref(), catalog.schemaVersion()));
        note(catalog, left);
        while (open) {
            String from = after;
            List<String> ids =
                    transactions.run(() ->
                            products.idsAfter(
                                    catalog.ref(),
                                    from,
                                    catalog.schemaVersion(),
                                    properties.sweepBatch()));
            if (ids.isEmpty()) {
                finish(catalog);
                log.info(
                        "{} products of {} follow version {}{}",
                        followed,
                        catalog.ref().key(),
                        catalog.schemaVersion(),
                        catalog.deleted() ? ", its deletion" : "");
                return;
            }
            writer.follow(catalog.ref(), ids);
            followed += ids.size();
            left -= ids.size();
            note(catalog, Math.max(0, left));
            after = ids.getLast();
        }
    }

    /** Notes that nothing is left, unless the catalogue changed meanwhile. */
    private void finish(CatalogRow catalog) {
        transactions.run(() ->
                catalogs.findToChangeByTenantAndCatalog(catalog.tenant(), catalog.catalog())
                        .filter(row -> row.schemaVersion() == catalog.schemaVersion())
                        .map(row -> {
                            tasks.endSweep(kind(row), row.ref(), null);
                            return catalogs.save(row.swept());
                        })
                        .isPresent());
    }

    private void note(CatalogRow catalog, long left) {
        transactions.run(() -> {
            tasks.noteSweep(kind(catalog), catalog.ref(), left);
            return left;
        });
    }

    private static TaskKind kind(CatalogRow catalog) {
        return catalog.deleted() ? TaskKind.CATALOG_DELETE : TaskKind.REINDEX;
    }

    private void pause() {
        long nanos = properties.sweepInterval().toNanos();
        monitor.lock();
        try {
            while (open && !signalled && nanos > 0) {
                nanos = signal.awaitNanos(nanos);
            }
            signalled = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            open = false;
        } finally {
            monitor.unlock();
        }
    }
}
