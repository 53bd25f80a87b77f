package dev.vitrine.index.catalog;

import dev.vitrine.index.outbox.Outbox;
import dev.vitrine.index.outbox.OutboxRelay;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.index.task.Tasks;
import dev.vitrine.index.transaction.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
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
    JdbcCustomConversions jdbcCustomConversions(JdbcDialect dialect) {
        return JdbcCustomConversions.of(dialect, SchemaConverters.all());
    }

    /** Ids hold slashes: the path must reach us as it was sent. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesInIds() {
        return factory ->
                factory.addConnectorCustomizers(connector ->
                        connector.setEncodedSolidusHandling(
                                EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }

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
            CatalogRepository catalogs,
            ProductTable products,
            Outbox outbox,
            OutboxRelay relay,
            Transactions transactions,
            DocumentReader reader,
            DocumentProperties limits,
            Clock clock,
            MeterRegistry meters) {
        return new CatalogWriter(
                catalogs, products, outbox, relay, transactions, reader, limits, clock, meters);
    }

    @Bean
    CatalogSweeper catalogSweeper(
            CatalogRepository catalogs,
            ProductTable products,
            CatalogWriter writer,
            Transactions transactions,
            Tasks tasks,
            CatalogProperties properties) {
        return new CatalogSweeper(catalogs, products, writer, transactions, tasks, properties);
    }

    @Bean
    Catalogs catalogs(
            CatalogRepository rows,
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
        ImportController importController(
                Catalogs catalogs,
                CatalogWriter writer,
                DocumentReader reader,
                ImportProperties properties,
                Clock clock) {
            return new ImportController(catalogs, writer, reader, properties, clock);
        }
    }
}
