package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.AliasInfo;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.WriteStatus;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.index.outbox.OutboxRelay;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Second names of catalogues. An alias is a row among the catalogues, so a swap is one update of
 * one row, and goes to the topic as any other change of a name. Thread-safe.
 */
final class Aliases {

    private final CatalogRepository rows;
    private final OutboxRelay relay;
    private final Transactions transactions;
    private final CatalogProperties properties;
    private final Clock clock;

    Aliases(
            CatalogRepository rows,
            OutboxRelay relay,
            Transactions transactions,
            CatalogProperties properties,
            Clock clock) {
        this.rows = rows;
        this.relay = relay;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Lets the name stand for a catalogue, at once and as a whole.
     *
     * @throws ProblemException with ALIAS_INVALID, NAME_IS_CATALOG, CATALOG_BEING_DELETED or
     *     TOO_MANY_ALIASES
     */
    WriteStatus put(CatalogRef alias, String target) {
        if (!CatalogRef.isName(target)) {
            throw invalid("not a catalogue name");
        }
        WriteStatus status =
                transactions.run(() -> {
                    // Held until the commit: the catalogue cannot be deleted meanwhile.
                    if (rows.findToWriteByTenantAndCatalog(alias.tenant(), target)
                            .filter(row -> !row.deleted())
                            .isEmpty()) {
                        throw invalid("there is no catalogue '" + target + "'");
                    }
                    return decide(
                            rows.findToChangeByTenantAndCatalog(alias.tenant(), alias.catalog())
                                    .orElse(null),
                            alias,
                            target);
                });
        relay.wake();
        return status;
    }

    /**
     * Takes the name away; the catalogue stays.
     *
     * @return the version of the name
     * @throws ProblemException with ALIAS_NOT_FOUND
     */
    long delete(CatalogRef alias) {
        CatalogRow free =
                transactions.run(() ->
                        rows.save(
                                rows.findToChangeByTenantAndCatalog(alias.tenant(), alias.catalog())
                                        .filter(row -> row.aliasOf() != null)
                                        .orElseThrow(() -> notFound(alias))
                                        .standingFor(null, now())));
        relay.wake();
        return free.schemaVersion();
    }

    /**
     * What a name stands for.
     *
     * @throws ProblemException with ALIAS_NOT_FOUND
     */
    AliasInfo info(CatalogRef alias) {
        return transactions
                .run(() -> rows.findByTenantAndCatalog(alias.tenant(), alias.catalog()))
                .flatMap(Aliases::info)
                .orElseThrow(() -> notFound(alias));
    }

    /** All aliases of a tenant, by name. */
    List<AliasInfo> all(String tenant) {
        return transactions
                .run(() -> rows.findByTenantAndAliasOfIsNotNullOrderByCatalog(tenant))
                .stream()
                .flatMap(row -> info(row).stream())
                .toList();
    }

    private WriteStatus decide(@Nullable CatalogRow old, CatalogRef alias, String target) {
        if (old != null && !old.deleted()) {
            throw new ProblemException(
                    WriterErrors.NAME_IS_CATALOG, "'" + alias.catalog() + "' is a catalogue");
        }
        if (old != null && old.sweepPending()) {
            throw new ProblemException(
                            WriterErrors.CATALOG_BEING_DELETED,
                            "products of the catalogue that had this name are still being deleted")
                    .withRetryAfter(properties.retryAfter());
        }
        if (old != null && target.equals(old.aliasOf())) {
            return WriteStatus.UNCHANGED;
        }
        if (old != null && old.aliasOf() != null) {
            rows.save(old.standingFor(target, now()));
            return WriteStatus.UPDATED;
        }
        if (rows.countByTenantAndAliasOfIsNotNull(alias.tenant()) >= properties.maxAliases()) {
            throw new ProblemException(
                    WriterErrors.TOO_MANY_ALIASES,
                    "a tenant may have " + properties.maxAliases() + " aliases");
        }
        rows.save(
                old == null
                        ? CatalogRow.firstAlias(alias, target, now())
                        : old.standingFor(target, now()));
        return WriteStatus.CREATED;
    }

    private static Optional<AliasInfo> info(CatalogRow row) {
        return Optional.ofNullable(row.aliasOf())
                .map(target ->
                        new AliasInfo(row.catalog(), target, row.schemaVersion(), row.updatedAt()));
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(WriterErrors.ALIAS_INVALID, "/catalog: " + message)
                .withErrors(List.of(new FieldError("/catalog", message)));
    }

    private static ProblemException notFound(CatalogRef alias) {
        return new ProblemException(
                WriterErrors.ALIAS_NOT_FOUND, "alias '" + alias.catalog() + "' does not exist");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
