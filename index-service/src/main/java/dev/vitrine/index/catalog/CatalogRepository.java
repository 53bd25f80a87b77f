package dev.vitrine.index.catalog;

import java.util.List;
import java.util.Optional;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;

/** The rows of catalogues. */
interface CatalogRepository extends ListCrudRepository<CatalogRow, Long> {

    Optional<CatalogRow> findByTenantAndCatalog(String tenant, String catalog);

    /** For who changes the catalogue: waits until no write of a product is under way. */
    @Lock(LockMode.PESSIMISTIC_WRITE)
    Optional<CatalogRow> findToChangeByTenantAndCatalog(String tenant, String catalog);

    /** For who writes products: the schema stays as it is until the transaction ends. */
    @Lock(LockMode.PESSIMISTIC_READ)
    Optional<CatalogRow> findToWriteByTenantAndCatalog(String tenant, String catalog);

    List<CatalogRow> findByTenantAndDeletedFalseOrderByCatalog(String tenant);

    List<CatalogRow> findBySweepPendingTrueOrderByRowId();

    List<CatalogRow> findByTenantAndAliasOfIsNotNullOrderByCatalog(String tenant);

    List<CatalogRow> findByTenantAndAliasOfOrderByCatalog(String tenant, String aliasOf);

    int countByTenantAndAliasOfIsNotNull(String tenant);

    int countByTenantAndDeletedFalse(String tenant);
}
