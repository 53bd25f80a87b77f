package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.WriteResult;
import dev.vitrine.contracts.catalog.WriteStatus;
import dev.vitrine.index.idempotency.IdempotencyKeys;
import dev.vitrine.index.idempotency.RequestKey;
import dev.vitrine.index.outbox.Outbox;
import dev.vitrine.index.outbox.OutboxRelay;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one way in for all writes of products. Thread-safe.
 *
 * <p>A call is one transaction: the catalogue's row is locked for sharing (its schema cannot change
 * meanwhile), the products' rows for change in the order of their ids, every command is decided in
 * order against the state that the commands before it left, and only the last state of each product
 * is stored, together with its mark in the outbox. A command that is refused changes nothing and
 * does not stand in the way of the others. After the commit the relay is woken.
 *
 * <p>A product that already is as asked keeps its version. Versions of a product grow by one with
 * each accepted command, also over its deletion.
 */
public final class CatalogWriter {

    private final CatalogRepository catalogs;
    private final ProductTable products;
    private final Outbox outbox;
    private final OutboxRelay relay;
    private final Transactions transactions;
    private final IdempotencyKeys keys;
    private final DocumentReader reader;
    private final DocumentProperties limits;
    private final Clock clock;
    private final MeterRegistry meters;

    CatalogWriter(
            CatalogRepository catalogs,
            ProductTable products,
            Outbox outbox,
            OutboxRelay relay,
            Transactions transactions,
            IdempotencyKeys keys,
            DocumentReader reader,
            DocumentProperties limits,
            Clock clock,
            MeterRegistry meters) {
        this.catalogs = catalogs;
        this.products = products;
        this.outbox = outbox;
        this.relay = relay;
        this.transactions = transactions;
        this.keys = keys;
        this.reader = reader;
        this.limits = limits;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Writes products of one catalogue.
     *
     * @param ref the catalogue
     * @param commands in the order in which they take effect; ids may repeat
     * @return one outcome for each command, in the same order
     * @throws ProblemException with CATALOG_NOT_FOUND, UNAVAILABLE or CONFLICT; then nothing was
     *     written, unless the connection broke in the commit itself
     */
    public List<WriteOutcome> write(CatalogRef ref, List<WriteCommand> commands) {
        return write(ref, commands, outcomes -> {});
    }

    /**
     * The same, with something that is committed together with the products.
     *
     * @param also is given the outcomes within the transaction; what it throws undoes everything.
     *     May be called again after a conflict, then for a transaction that starts anew
     */
    public List<WriteOutcome> write(
            CatalogRef ref, List<WriteCommand> commands, Consumer<List<WriteOutcome>> also) {
        List<WriteOutcome> outcomes =
                transactions.run(() -> {
                    List<WriteOutcome> decided = apply(ref, commands);
                    also.accept(decided);
                    return decided;
                });
        relay.wake();
        count(outcomes);
        return outcomes;
    }

    /**
     * Writes one product.
     *
     * @throws ProblemException when it is refused
     */
    public WriteResult write(CatalogRef ref, WriteCommand command) {
        return switch (write(ref, List.of(command)).getFirst()) {
            case WriteOutcome.Accepted accepted -> accepted.result();
            case WriteOutcome.Refused refused -> throw refused.problem();
        };
    }

    /**
     * Writes one product, unless that was done under this key before; then nothing is written and
     * what happened then happens again: the same result, or the same refusal.
     *
     * @throws ProblemException when it is refused, or with IDEMPOTENCY_KEY_REUSED
     */
    public WriteResult write(CatalogRef ref, WriteCommand command, RequestKey key) {
        List<WriteOutcome> fresh = new ArrayList<>(1);
        String answer =
                transactions.run(() -> {
                    fresh.clear();
                    return keys.once(
                            key,
                            () -> {
                                fresh.addAll(apply(ref, List.of(command)));
                                return KeptOutcome.of(fresh.getFirst()).json();
                            });
                });
        relay.wake();
        count(fresh);
        return KeptOutcome.read(answer).resultOrThrow();
    }

    private List<WriteOutcome> apply(CatalogRef ref, List<WriteCommand> commands) {
        CatalogRow catalog = open(ref);
        Decisions decisions =
                new Decisions(
                        catalog,
                        lock(ref, commands),
                        new DocumentPreparer(catalog.schema(), limits));
        List<WriteOutcome> decided = new ArrayList<>(commands.size());
        for (WriteCommand command : commands) {
            decided.add(decisions.decide(command));
        }
        decisions.store();
        return decided;
    }

    /** Lets products follow the present state of their catalogue: its schema, or its deletion. */
    void follow(CatalogRef ref, Collection<String> ids) {
        transactions.run(() -> {
            CatalogRow catalog =
                    catalogs.findToWriteByTenantAndCatalog(ref.tenant(), ref.catalog())
                            .orElseThrow(() -> Catalogs.notFound(ref));
            Map<String, ProductRow> rows = products.lock(ref, new TreeSet<>(ids), true);
            Decisions decisions =
                    new Decisions(catalog, rows, new DocumentPreparer(catalog.schema(), limits));
            rows.values().forEach(decisions::follow);
            decisions.store();
            return rows.size();
        });
        relay.wake();
    }

    private CatalogRow open(CatalogRef ref) {
        return catalogs.findToWriteByTenantAndCatalog(ref.tenant(), ref.catalog())
                .filter(row -> !row.deleted())
                .orElseThrow(() -> Catalogs.notFound(ref));
    }

    private Map<String, ProductRow> lock(CatalogRef ref, List<WriteCommand> commands) {
        SortedSet<String> ids =
                commands.stream()
                        .map(WriteCommand::id)
                        .collect(Collectors.toCollection(TreeSet::new));
        // Only a merge needs the old document; for everything else its hash is enough.
        boolean documents = commands.stream().anyMatch(WriteCommand.Merge.class::isInstance);
        return products.lock(ref, ids, documents);
    }

    private void count(List<WriteOutcome> outcomes) {
        for (WriteOutcome outcome : outcomes) {
            String status =
                    switch (outcome) {
                        case WriteOutcome.Accepted accepted ->
                                accepted.result().status().name().toLowerCase(Locale.ROOT);
                        case WriteOutcome.Refused refused -> "rejected";
                    };
            meters.counter("index.writes", "status", status).increment();
        }
    }

    /** The state of the products of one transaction, as the commands so far have left it. */
    private final class Decisions {

        private final CatalogRow catalog;
        private final Map<String, ProductRow> stored;
        private final Map<String, ProductRow> present;
        private final SortedMap<String, ProductChange> changes = new TreeMap<>();
        private final DocumentPreparer preparer;

        Decisions(CatalogRow catalog, Map<String, ProductRow> stored, DocumentPreparer preparer) {
            this.catalog = catalog;
            this.stored = stored;
            this.present = new HashMap<>(stored);
            this.preparer = preparer;
        }

        WriteOutcome decide(WriteCommand command) {
            ProductRow row = present.get(command.id());
            try {
                WriteResult result =
                        switch (command) {
                            case WriteCommand.Put put -> put(put, row);
                            case WriteCommand.Merge merge -> merge(merge, row);
                            case WriteCommand.Delete delete -> delete(delete, row);
                        };
                return new WriteOutcome.Accepted(result);
            } catch (ProblemException e) {
                return new WriteOutcome.Refused(command.id(), e);
            }
        }

        void follow(ProductRow row) {
            if (row.deleted() || row.schemaVersion() >= catalog.schemaVersion()) {
                return;
            }
            if (catalog.deleted() || row.document() == null) {
                change(row.id(), row, null);
            } else {
                change(row.id(), row, preparer.prepareAgain(reader.parse(row.document())));
            }
        }

        void store() {
            List<ProductChange> added = new ArrayList<>();
            List<ProductChange> changed = new ArrayList<>();
            SortedMap<String, Long> versions = new TreeMap<>();
            changes.forEach((id, change) -> {
                (stored.containsKey(id) ? changed : added).add(change);
                versions.put(id, change.version());
            });
            if (changes.isEmpty()) {
                return;
            }
            Instant now = clock.instant();
            CatalogRef ref = catalog.ref();
            if (!changed.isEmpty()) {
                products.update(ref, catalog.schemaVersion(), changed, now);
            }
            if (!added.isEmpty()) {
                products.insert(ref, catalog.schemaVersion(), added, now);
            }
            outbox.mark(ref, versions, now);
        }

        private WriteResult put(WriteCommand.Put put, @Nullable ProductRow row) {
            if (put.createOnly() && exists(row)) {
                throw new ProblemException(
                        WriterErrors.PRODUCT_EXISTS, "product '" + put.id() + "' exists already");
            }
            check(put.precondition(), row);
            return replace(put.id(), row, preparer.prepare(put.document()));
        }

        private WriteResult merge(WriteCommand.Merge merge, @Nullable ProductRow row) {
            check(merge.precondition(), row);
            if (row == null || row.deleted() || row.document() == null) {
                throw notFound(merge.id());
            }
            Map<String, Object> merged =
                    reader.check(MergePatch.apply(reader.parse(row.document()), merge.patch()));
            return replace(merge.id(), row, preparer.prepare(merged));
        }

        private WriteResult delete(WriteCommand.Delete delete, @Nullable ProductRow row) {
            check(delete.precondition(), row);
            if (!exists(row)) {
                if (delete.mustExist()) {
                    throw notFound(delete.id());
                }
                return new WriteResult(
                        delete.id(), row == null ? 0 : row.version(), WriteStatus.UNCHANGED);
            }
            return new WriteResult(
                    delete.id(), change(delete.id(), row, null), WriteStatus.DELETED);
        }

        private WriteResult replace(
                String id, @Nullable ProductRow row, PreparedDocument prepared) {
            if (row == null || row.deleted()) {
                return new WriteResult(id, change(id, row, prepared), WriteStatus.CREATED);
            }
            // Under an older schema the same document is indexed otherwise: that is a change.
            if (row.contentHash().equals(prepared.contentHash())
                    && row.schemaVersion() == catalog.schemaVersion()) {
                return new WriteResult(id, row.version(), WriteStatus.UNCHANGED);
            }
            return new WriteResult(id, change(id, row, prepared), WriteStatus.UPDATED);
        }

        private long change(
                String id, @Nullable ProductRow row, @Nullable PreparedDocument prepared) {
            long version = row == null ? 1 : row.version() + 1;
            long born = row == null || row.deleted() ? version : row.born();
            changes.put(id, new ProductChange(id, version, born, prepared));
            present.put(
                    id,
                    new ProductRow(
                            id,
                            version,
                            born,
                            catalog.schemaVersion(),
                            prepared == null,
                            prepared == null ? "" : prepared.contentHash(),
                            prepared == null ? null : prepared.json()));
            return version;
        }

        private void check(Precondition precondition, @Nullable ProductRow row) {
            boolean holds =
                    switch (precondition) {
                        case Precondition.None none -> true;
                        case Precondition.Exists mustExist -> exists(row);
                        case Precondition.Absent mustNotExist -> !exists(row);
                        case Precondition.SameLifeAs life ->
                                row != null && !row.deleted() && row.born() <= life.version();
                        case Precondition.VersionIn versions ->
                                row != null
                                        && !row.deleted()
                                        && versions.versions().contains(row.version());
                    };
            if (!holds) {
                throw new ProblemException(
                        CommonErrors.PRECONDITION_FAILED,
                        row == null || row.deleted()
                                ? "the product does not exist"
                                : "the product has version " + row.version());
            }
        }

        private boolean exists(@Nullable ProductRow row) {
            return row != null && !row.deleted();
        }

        private ProblemException notFound(String id) {
            return new ProblemException(
                    CommonErrors.PRODUCT_NOT_FOUND,
                    "product '" + id + "' does not exist in catalogue '" + catalog.catalog() + "'");
        }
    }
}
