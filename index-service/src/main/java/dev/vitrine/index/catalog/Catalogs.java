package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogInfo;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.TaskFault;
import dev.vitrine.contracts.catalog.TaskInfo;
import dev.vitrine.contracts.catalog.TaskKind;
import dev.vitrine.contracts.catalog.WriteStatus;
import dev.vitrine.index.outbox.Outbox;
import dev.vitrine.index.outbox.OutboxRelay;
import dev.vitrine.index.task.Tasks;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates, changes and deletes catalogues; {@link CatalogSweeper} makes products follow. */
final class Catalogs {

    private static final TaskFault OVERTAKEN =
            new TaskFault("CATALOG_DELETED", "the catalogue was deleted meanwhile");

    private final CatalogRepository rows;
    private final ProductTable products;
    private final Outbox outbox;
    private final OutboxRelay relay;
    private final CatalogSweeper sweeper;
    private final Tasks tasks;
    private final Transactions transactions;
    private final CatalogProperties properties;
    private final Clock clock;

    Catalogs(
            CatalogRepository rows,
            ProductTable products,
            Outbox outbox,
            OutboxRelay relay,
            CatalogSweeper sweeper,
            Tasks tasks,
            Transactions transactions,
            CatalogProperties properties,
            Clock clock) {
        this.rows = rows;
        this.products = products;
        this.outbox = outbox;
        this.relay = relay;
        this.sweeper = sweeper;
        this.tasks = tasks;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Creates the catalogue or gives it another schema. Products that exist are written anew under
     * it, each with its next version, in the background; a task tells how far that is.
     *
     * @throws ProblemException with SCHEMA_INVALID, NAME_IS_ALIAS, CATALOG_BEING_DELETED or
     *     TOO_MANY_CATALOGS
     */
    WriteStatus put(CatalogRef ref, CatalogSchema schema) {
        SchemaChecker.check(schema);
        WriteStatus status =
                transactions.run(() -> {
                    Optional<CatalogRow> old =
                            rows.findToChangeByTenantAndCatalog(ref.tenant(), ref.catalog());
                    if (old.isPresent() && !old.get().deleted()) {
                        return change(old.get(), schema);
                    }
                    create(ref, old, schema);
                    return WriteStatus.CREATED;
                });
        if (status != WriteStatus.UNCHANGED) {
            relay.wake();
            sweeper.wake();
        }
        return status;
    }

    /**
     * Deletes the catalogue; its products follow in the background.
     *
     * @return the task that does it
     * @throws ProblemException with CATALOG_NOT_FOUND, or CATALOG_HAS_ALIASES
     */
    TaskInfo delete(CatalogRef ref) {
        TaskInfo task =
                transactions.run(() -> {
                    CatalogRow gone =
                            rows.findToChangeByTenantAndCatalog(ref.tenant(), ref.catalog())
                                    .filter(row -> !row.deleted())
                                    .orElseThrow(() -> notFound(ref))
                                    .gone(now());
                    refuseWhileAliased(ref);
                    rows.save(gone);
                    tasks.endSweep(TaskKind.REINDEX, ref, OVERTAKEN);
                    return sweep(TaskKind.CATALOG_DELETE, gone);
                });
        relay.wake();
        sweeper.wake();
        return task;
    }

    /**
     * A catalogue.
     *
     * @throws ProblemException with CATALOG_NOT_FOUND
     */
    CatalogInfo info(CatalogRef ref) {
        return transactions.run(() ->
                rows.findByTenantAndCatalog(ref.tenant(), ref.catalog())
                        .filter(row -> !row.deleted())
                        .map(row ->
                                info(
                                        row,
                                        products.count(ref.tenant()),
                                        outbox.pending(ref.tenant())))
                        .orElseThrow(() -> notFound(ref)));
    }

    /**
     * Whether products may be written to it now.
     *
     * @throws ProblemException with CATALOG_NOT_FOUND
     */
    CatalogSchema require(CatalogRef ref) {
        return transactions.run(() ->
                rows.findByTenantAndCatalog(ref.tenant(), ref.catalog())
                        .filter(row -> !row.deleted())
                        .orElseThrow(() -> notFound(ref))
                        .schema());
    }

    /** All catalogues of a tenant, by name. */
    List<CatalogInfo> all(String tenant) {
        return transactions.run(() -> {
            Map<String, Long> counts = products.count(tenant);
            Map<String, Long> pending = outbox.pending(tenant);
            return rows.findByTenantAndDeletedFalseOrderByCatalog(tenant).stream()
                    .map(row -> info(row, counts, pending))
                    .toList();
        });
    }

    static ProblemException notFound(CatalogRef ref) {
        return new ProblemException(
                CommonErrors.CATALOG_NOT_FOUND, "catalogue '" + ref.catalog() + "' does not exist");
    }

    private WriteStatus change(CatalogRow row, CatalogSchema schema) {
        if (row.schema().equals(schema)) {
            return WriteStatus.UNCHANGED;
        }
        CatalogRow changed = row.withSchema(schema, now());
        rows.save(changed);
        sweep(TaskKind.REINDEX, changed);
        return WriteStatus.UPDATED;
    }

    private TaskInfo sweep(TaskKind kind, CatalogRow row) {
        String id =
                tasks.addSweep(
                        kind, row.ref(), products.countBefore(row.ref(), row.schemaVersion()));
        return tasks.find(row.tenant(), id).orElseThrow();
    }

    private void refuseWhileAliased(CatalogRef ref) {
        List<String> aliases =
                rows.findByTenantAndAliasOfOrderByCatalog(ref.tenant(), ref.catalog()).stream()
                        .map(CatalogRow::catalog)
                        .toList();
        if (!aliases.isEmpty()) {
            throw new ProblemException(
                    WriterErrors.CATALOG_HAS_ALIASES,
                    "the catalogue is what " + String.join(", ", aliases) + " stands for");
        }
    }

    private void create(CatalogRef ref, Optional<CatalogRow> deleted, CatalogSchema schema) {
        if (deleted.isPresent() && deleted.get().aliasOf() != null) {
            throw new ProblemException(
                    WriterErrors.NAME_IS_ALIAS,
                    "'" + ref.catalog() + "' is an alias of '" + deleted.get().aliasOf() + "'");
        }
        if (deleted.isPresent() && deleted.get().sweepPending()) {
            throw new ProblemException(
                            WriterErrors.CATALOG_BEING_DELETED,
                            "products of the catalogue that had this name are still being deleted")
                    .withRetryAfter(properties.retryAfter());
        }
        if (rows.countByTenantAndDeletedFalse(ref.tenant()) >= properties.maxCatalogs()) {
            throw new ProblemException(
                    WriterErrors.TOO_MANY_CATALOGS,
                    "a tenant may have " + properties.maxCatalogs() + " catalogues");
        }
        Instant now = now();
        rows.save(
                deleted.map(row -> row.withSchema(schema, now))
                        .orElseGet(() -> CatalogRow.first(ref, schema, now)));
    }

    /** PostgreSQL keeps microseconds; what is answered now must equal what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private CatalogInfo info(
            CatalogRow row, Map<String, Long> products, Map<String, Long> pending) {
        return new CatalogInfo(
                row.catalog(),
                row.schemaVersion(),
                row.schema(),
                products.getOrDefault(row.catalog(), 0L),
                pending.getOrDefault(row.catalog(), 0L),
                row.createdAt(),
                row.updatedAt(),
                row.sweepPending() ? tasks.openSweep(row.ref()).orElse(null) : null);
    }
}
