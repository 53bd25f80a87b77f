package dev.vitrine.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorEngineContractSuite;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import dev.vitrine.kernels.vector.VectorMath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Both kinds of engine under the suite of all engines, against a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgvectorEngineIT {

    private static final int DIMENSIONS = 24;
    private static final int ROWS = 3_000;

    /** Queries that are asked together; each is a statement of its own. */
    private static final int ONE_BY_ONE = 10;

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final AtomicInteger tables = new AtomicInteger();
    private HikariDataSource pool = new HikariDataSource();

    @BeforeAll
    void connect() {
        if (!TestPlatform.pgvectorAvailable()) {
            TestPlatform.leftOut(PgvectorEngineIT.class, "the engines over pgvector");
            abort("no pgvector on this machine");
        }
        TestDatabase database = TestPlatform.freshDatabase(PgvectorEngineIT.class);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(2);
        // Tables of this size would be scanned and sorted, and nobody would walk the graph.
        config.setConnectionInitSql("SET enable_sort = off");
        pool = new HikariDataSource(config);
    }

    @AfterAll
    void disconnect() {
        pool.close();
    }

    @Nested
    class Exact extends VectorEngineContractSuite {
        @Override
        protected VectorEngine create(int dimensions, int ordinalsMax) {
            return PgvectorEngine.exact(pool, table(), dimensions, ordinalsMax);
        }

        @Override
        protected int queriesTogether() {
            return ONE_BY_ONE;
        }
    }

    @Nested
    class Graph extends VectorEngineContractSuite {
        @Override
        protected VectorEngine create(int dimensions, int ordinalsMax) {
            return PgvectorEngine.hnsw(
                    pool, table(), dimensions, ordinalsMax, new Hnsw(16, 64, 200));
        }

        @Override
        protected double topKRecallFloor() {
            return 0.9;
        }

        @Override
        protected int queriesTogether() {
            return ONE_BY_ONE;
        }
    }

    @Test
    void hnsw_findsMoreWithMoreBreadth() {
        // A scan would find all of them with either.
        double narrow = recall(1);
        double wide = recall(400);
        assertThat(narrow).isLessThan(0.9);
        assertThat(wide).isGreaterThan(0.97);
    }

    @Test
    void settings_areRefusedOutsidePgvectorsRanges() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Hnsw(1, 64, 40));
        assertThatIllegalArgumentException().isThrownBy(() -> new Hnsw(16, 31, 40));
        assertThatIllegalArgumentException().isThrownBy(() -> new Hnsw(16, 64, 1_001));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PgvectorEngine.exact(pool, "a; DROP TABLE b", 2, 10));
    }

    /** Overwritten rows stay while a view shows them, and go when none does any more. */
    @Test
    void publish_forgetsRowsThatNoViewShows() throws SQLException {
        String table = table();
        PgvectorEngine engine = PgvectorEngine.exact(pool, table, 2, 10);
        engine.put(0, new float[] {1, 0});
        VectorSearch held = engine.publish();
        engine.put(0, new float[] {0, 1});
        engine.publish();
        assertThat(rowsOf(table)).isEqualTo(2);
        assertThat(held.topK(new float[] {1, 0}, 1, RowFilter.ALL).score(0)).isEqualTo(1);
        held = engine.current();
        long start = System.nanoTime();
        while (rowsOf(table) > 1 && System.nanoTime() - start < PATIENCE_NANOS) {
            System.gc();
            held = engine.publish();
        }
        assertThat(rowsOf(table)).isEqualTo(1);
        assertThat(held.topK(new float[] {1, 0}, 1, RowFilter.ALL).score(0)).isZero();
    }

    @Test
    void rowsThatDied_areFoundByAnIndex() throws SQLException {
        String table = table();
        PgvectorEngine engine = PgvectorEngine.exact(pool, table, 2, ROWS);
        for (int i = 0; i < ROWS; i++) {
            engine.put(i, new float[] {1, i});
        }
        VectorSearch held = engine.publish();
        engine.remove(7);
        engine.publish();
        assertThat(planOf(table, "DELETE FROM %s WHERE died <= 2 AND died < 9223372036854775807"))
                .contains(table + "_died_idx");
        assertThat(held.contains(7)).isTrue();
    }

    /** More changes than are kept in memory, some of them of the same row. */
    @Test
    void changesBeyondABatch_showWithThePublication() {
        PgvectorEngine engine = PgvectorEngine.exact(pool, table(), 1, ROWS);
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < ROWS; i++) {
                engine.put(i, new float[] {round * i});
            }
        }
        assertThat(engine.remove(7)).isTrue();
        assertThat(engine.current().rowCount()).isZero();
        VectorSearch view = engine.publish();
        assertThat(view.rowCount()).isEqualTo(ROWS - 1);
        assertThat(view.scores(new float[] {1}, new int[] {6, 7, ROWS - 1}))
                .containsExactly(12, Float.NaN, 2 * (ROWS - 1));
    }

    private double recall(int breadth) {
        Random random = new Random(5);
        VectorEngine graph =
                PgvectorEngine.hnsw(pool, table(), DIMENSIONS, ROWS, new Hnsw(8, 32, breadth));
        VectorEngine exact = new ExactVectorEngine(DIMENSIONS, ROWS);
        for (int i = 0; i < ROWS; i++) {
            float[] vector = vector(random);
            graph.put(i, vector);
            exact.put(i, vector);
        }
        VectorSearch searched = graph.publish();
        VectorSearch truth = exact.publish();
        int found = 0;
        for (int i = 0; i < 100; i++) {
            float[] query = vector(random);
            int best = truth.topK(query, 1, RowFilter.ALL).ordinal(0);
            found += searched.topK(query, 1, RowFilter.ALL).ordinal(0) == best ? 1 : 0;
        }
        return found / 100.0;
    }

    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        VectorMath.normalize(vector);
        return vector;
    }

    private String table() {
        return "rows_" + tables.incrementAndGet();
    }

    private String planOf(String table, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE " + table);
            try (ResultSet lines = statement.executeQuery("EXPLAIN " + sql.formatted(table))) {
                StringBuilder plan = new StringBuilder();
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
                return plan.toString();
            }
        }
    }

    private int rowsOf(String table) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
