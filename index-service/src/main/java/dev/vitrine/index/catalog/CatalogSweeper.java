package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.TaskKind;
import dev.vitrine.index.task.Tasks;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.index.worker.Worker;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes products follow their catalogue, batch by batch in the background: after a new schema they
 * are rendered anew and published, after a deletion they are deleted. What is left to do is in the
 * catalogue's row, so a crash loses nothing; a batch that two processes do is done once, because
 * the second finds the products at the new schema version. One that fails does not keep the others
 * from theirs.
 */
final class CatalogSweeper extends Worker {

    private static final Logger log = LoggerFactory.getLogger(CatalogSweeper.class);

    private final CatalogRepository catalogs;
    private final ProductTable products;
    private final CatalogWriter writer;
    private final Transactions transactions;
    private final Tasks tasks;
    private final List<ProductTraces> traces;
    private final CatalogProperties properties;

    CatalogSweeper(
            CatalogRepository catalogs,
            ProductTable products,
            CatalogWriter writer,
            Transactions transactions,
            Tasks tasks,
            List<ProductTraces> traces,
            CatalogProperties properties) {
        super("catalog-sweeper", properties.sweepInterval());
        this.catalogs = catalogs;
        this.products = products;
        this.writer = writer;
        this.transactions = transactions;
        this.tasks = tasks;
        this.traces = List.copyOf(traces);
        this.properties = properties;
    }

    /** What is left from before can wait until the service is ready: it needs Spring Data. */
    @Override
    protected boolean dueAtStart() {
        return false;
    }

    @Override
    protected boolean step() {
        RuntimeException failure = null;
        for (CatalogRow catalog : transactions.run(catalogs::findBySweepPendingTrueOrderByRowId)) {
            try {
                sweep(catalog);
            } catch (RuntimeException e) {
                log.warn("products of {} do not follow yet: {}", catalog.ref().key(), e.toString());
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
        return false;
    }

    private void sweep(CatalogRow catalog) {
        String after = "";
        long followed = 0;
        long left =
                transactions.run(
                        () -> products.countBefore(catalog.ref(), catalog.schemaVersion()));
        note(catalog, left);
        while (isRunning()) {
            String from = after;
            List<String> ids =
                    transactions.run(() ->
                            products.idsAfter(
                                    catalog.ref(),
                                    from,
                                    catalog.schemaVersion(),
                                    properties.sweepBatch()));
            if (ids.isEmpty()) {
                if (catalog.deleted() && !forget(catalog)) {
                    return;
                }
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

    /** False when this process was told to end before everything was forgotten. */
    private boolean forget(CatalogRow catalog) {
        for (ProductTraces kept : traces) {
            while (transactions.run(() -> forgetSome(catalog, kept)) > 0) {
                if (!isRunning()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Nothing of one that another process has swept and somebody has made anew meanwhile. */
    private int forgetSome(CatalogRow catalog, ProductTraces kept) {
        return catalogs.findToWriteByTenantAndCatalog(catalog.tenant(), catalog.catalog())
                .filter(row -> row.schemaVersion() == catalog.schemaVersion())
                .map(row -> kept.forget(row.ref(), properties.sweepBatch()))
                .orElse(0);
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
}
