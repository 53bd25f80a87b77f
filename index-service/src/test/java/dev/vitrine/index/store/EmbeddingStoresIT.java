package dev.vitrine.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.embedding.ProductEmbedded;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Every adapter against the suite, and the way from one to the other. */
class EmbeddingStoresIT {

    @Nested
    class InMemory extends EmbeddingStoreContractSuite {
        @Override
        EmbeddingStore empty() {
            return new InMemoryEmbeddingStore();
        }
    }

    @Nested
    class PlainArray extends EmbeddingStoreContractSuite {
        @Override
        EmbeddingStore empty() {
            return select(migrated(), StoreProperties.Type.PLAIN_ARRAY);
        }
    }

    @Nested
    class Pgvector extends EmbeddingStoreContractSuite {
        @Override
        EmbeddingStore empty() {
            requirePgvector("the pgvector adapter");
            return select(migrated(), StoreProperties.Type.PGVECTOR);
        }
    }

    @Test
    void pgvector_extensionInAnotherSchema_isFoundThere() {
        requirePgvector("an extension outside the search path");
        DataSource database = migrated();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("CREATE SCHEMA \"Tools\"");
        jdbc.execute("CREATE EXTENSION vector SCHEMA \"Tools\"");
        EmbeddingStore store = select(database, StoreProperties.Type.AUTO);
        store.upsertAll(List.of(one()));
        assertThat(store.nearest(one().key().catalog(), "m", new float[] {1, 0}, 1)).hasSize(1);
    }

    @Test
    void extensionAppearsBetweenTwoStarts_vectorsAreKept() {
        requirePgvector("conversion of plain arrays");
        DataSource database = migrated();
        select(database, StoreProperties.Type.PLAIN_ARRAY).upsertAll(List.of(one()));
        for (StoreProperties.Type type :
                List.of(
                        StoreProperties.Type.AUTO,
                        StoreProperties.Type.AUTO,
                        StoreProperties.Type.PLAIN_ARRAY)) {
            EmbeddingStore store = select(database, type);
            assertThat(store.description()).startsWith("pgvector ");
            assertThat(store.find(one().key()).orElseThrow().vector()).containsExactly(1, 0);
        }
    }

    @Test
    void extensionCannotBeMade_plainArrayServesAndSaysWhy() {
        DataSource owner = migrated();
        JdbcTemplate jdbc = new JdbcTemplate(owner);
        // A role without the right to create anything in this database.
        String role = "poor_" + Long.toHexString(System.nanoTime());
        jdbc.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'poor'");
        jdbc.execute("GRANT USAGE ON SCHEMA index TO " + role);
        jdbc.execute("GRANT ALL ON ALL TABLES IN SCHEMA index TO " + role);
        PGSimpleDataSource poor = new PGSimpleDataSource();
        poor.setUrl(((PGSimpleDataSource) owner).getUrl());
        poor.setUser(role);
        poor.setPassword("poor");
        poor.setCurrentSchema("index,public");
        EmbeddingStore store = select(poor, StoreProperties.Type.AUTO);
        assertThat(store.description()).startsWith("plain-array (ERROR: ");
        store.upsertAll(List.of(one()));
        assertThat(store.count(one().key().catalog())).isEqualTo(1);
    }

    private static ProductEmbedded one() {
        return new ProductEmbedded(
                new ProductKey(new CatalogRef("default", "shop"), "1"),
                1,
                "m",
                "h",
                new float[] {1, 0});
    }

    private static EmbeddingStore select(DataSource database, StoreProperties.Type type) {
        return new EmbeddingStoreSelection(
                        new JdbcTemplate(database), new JdbcTransactionManager(database))
                .select(type);
    }

    private static DataSource migrated() {
        TestDatabase database = TestPlatform.freshDatabase(EmbeddingStoresIT.class);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setCurrentSchema("index,public");
        Flyway.configure()
                .dataSource(source)
                .schemas("index")
                .defaultSchema("index")
                .locations("classpath:db/index")
                .load()
                .migrate();
        return source;
    }

    private static void requirePgvector(String what) {
        if (!TestPlatform.pgvectorAvailable()) {
            TestPlatform.leftOut(EmbeddingStoresIT.class, what);
            abort("no pgvector on this machine");
        }
    }
}
