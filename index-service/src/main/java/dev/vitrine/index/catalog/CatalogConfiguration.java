package dev.vitrine.index.catalog;

import dev.vitrine.index.idempotency.IdempotencyKeys;
import dev.vitrine.index.outbox.Outbox;
import dev.vitrine.index.outbox.OutboxRelay;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.index.task.Tasks;
import dev.vitrine.index.transaction.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires catalogues, products and the import of the writer role. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WRITER)
@EnableConfigurationProperties({
    CatalogProperties.class,
    DocumentProperties.class,
    ImportProperties.class
})
class CatalogConfiguration {

    @Bean
    ProductTable productTable(JdbcClient jdbc) {
        return new ProductTable(jdbc);
    }

    @Bean
    DocumentReader documentReader(DocumentProperties limits) {
        return new DocumentReader(limits);
    }

    @Bean
    Transactions catalogTransactions(
            PlatformTransactionManager manager, CatalogProperties properties) {
        return new Transactions(manager, properties.retryAfter());
    }

    @Bean
    CatalogWriter catalogWriter(
            @Lazy CatalogRepository catalogs,
            ProductTable products,
            Outbox outbox,
            OutboxRelay relay,
            Transactions transactions,
            IdempotencyKeys keys,
            DocumentReader reader,
            DocumentProperties limits,
            Clock clock,
            MeterRegistry meters) {
        return new CatalogWriter(
                catalogs,
                products,
                outbox,
                relay,
                transactions,
                keys,
                reader,
                limits,
                clock,
                meters);
    }

    @Bean
    CatalogSweeper catalogSweeper(
            @Lazy CatalogRepository catalogs,
            ProductTable products,
            CatalogWriter writer,
            Transactions transactions,
            Tasks tasks,
            List<ProductTraces> traces,
            CatalogProperties properties) {
        return new CatalogSweeper(
                catalogs, products, writer, transactions, tasks, traces, properties);
    }

    @Bean
    Catalogs catalogs(
            @Lazy CatalogRepository rows,
            ProductTable products,
            Outbox outbox,
            OutboxRelay relay,
            CatalogSweeper sweeper,
            Tasks tasks,
            Transactions transactions,
            CatalogProperties properties,
            Clock clock) {
        return new Catalogs(
                rows, products, outbox, relay, sweeper, tasks, transactions, properties, clock);
    }

    @Bean
    Aliases aliases(
            @Lazy CatalogRepository rows,
            OutboxRelay relay,
            Transactions transactions,
            CatalogProperties properties,
            Clock clock) {
        return new Aliases(rows, relay, transactions, properties, clock);
    }

    @Bean
    ReplaceCandidates replaceCandidates(JdbcClient jdbc) {
        return new ReplaceCandidates(jdbc);
    }

    @Bean
    ImportBodies importBodies(
            JdbcClient jdbc, Transactions transactions, ImportProperties properties) {
        return new ImportBodies(jdbc, transactions, properties.maxBodySize().toBytes());
    }

    @Bean
    ImportSources importSources(ImportProperties properties) {
        return new ImportSources(properties);
    }

    @Bean
    ProductImport.Tools importTools(
            CatalogWriter writer,
            DocumentReader reader,
            Transactions transactions,
            ImportProperties properties) {
        return new ProductImport.Tools(writer, reader, transactions, properties);
    }

    @Bean
    ImportQueue importQueue(
            ProductImport.Tools tools,
            Tasks tasks,
            ReplaceCandidates candidates,
            ImportBodies bodies,
            ImportSources sources) {
        return new ImportQueue(tools, tasks, candidates, bodies, sources);
    }

    @Bean
    Imports imports(
            ProductImport.Tools tools,
            Tasks tasks,
            ReplaceCandidates candidates,
            ImportBodies bodies,
            ImportSources sources,
            ImportQueue queue,
            IdempotencyKeys keys,
            Clock clock) {
        return new Imports(tools, tasks, candidates, bodies, sources, queue, keys, clock);
    }

    // The component scan finds nested classes by themselves, so the role is asked for again.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(Role.WRITER)
    static class Endpoints {

        @Bean
        CatalogController catalogController(Catalogs catalogs, CatalogProperties properties) {
            return new CatalogController(catalogs, properties);
        }

        @Bean
        ProductController productController(
                CatalogWriter writer,
                Catalogs catalogs,
                ProductTable products,
                Transactions transactions,
                DocumentReader reader) {
            return new ProductController(writer, catalogs, products, transactions, reader);
        }

        @Bean
        AliasController aliasController(Aliases aliases) {
            return new AliasController(aliases);
        }

        @Bean
        ImportController importController(
                Catalogs catalogs, Imports imports, ImportProperties properties) {
            return new ImportController(catalogs, imports, properties);
        }
    }
}
