package dev.vitrine.index.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.index.WriterApp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox is empty for most of the time, and then there is a feed. */
class OutboxPlanIT {

    /** The driver prepares a statement after five times, PostgreSQL may keep its plan after ten. */
    private static final int TIMES = 20;

    @Test
    void remove_isPlannedEachTime_notAsForTheTableThatWasEmpty() {
        try (WriterApp app = WriterApp.start(TestPlatform.freshDatabase(OutboxPlanIT.class))) {
            JdbcTemplate jdbc = app.bean(JdbcTemplate.class);
            jdbc.execute("VACUUM (ANALYZE) outbox");
            PendingProduct none =
                    new PendingProduct(
                            new ProductKey(new CatalogRef("default", "none"), "1"),
                            1,
                            1,
                            null,
                            "",
                            "",
                            "");
            new TransactionTemplate(app.bean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> {
                        for (int i = 0; i < TIMES; i++) {
                            app.bean(Outbox.class).removeProducts(List.of(none));
                        }
                        assertThat(
                                        jdbc.queryForMap(
                                                """
                                                SELECT custom_plans > 0 AS prepared, generic_plans
                                                FROM pg_prepared_statements
                                                WHERE statement LIKE 'DELETE FROM outbox%'
                                                """))
                                .containsEntry("prepared", true)
                                .containsEntry("generic_plans", 0L);
                    });
        }
    }
}
