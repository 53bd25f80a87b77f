package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.index.task.Housekeeping;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * What a replacing import will delete at its end, in PostgreSQL: all products that existed at its
 * start, less those that a line has named. Every method takes part in the caller's transaction.
 * Thread-safe.
 */
final class ReplaceCandidates implements Housekeeping {

    /**
     * A product that no line has named so far.
     *
     * @param id product id
     * @param version version that it had when the import began
     */
    record Candidate(String id, long version) {}

    private final JdbcClient jdbc;

    ReplaceCandidates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes every product that exists. */
    void collect(String task, CatalogRef ref) {
        jdbc.sql(
                        """
                        INSERT INTO replace_candidate (task_id, id, version)
                        SELECT ?, id, version FROM product
                        WHERE tenant = ? AND catalog = ? AND NOT deleted
                        """)
                .params(task, ref.tenant(), ref.catalog())
                .update();
    }

    /** Takes products off the list. */
    void remove(String task, Collection<String> ids) {
        jdbc.sql("DELETE FROM replace_candidate WHERE task_id = :task AND id = ANY (:ids)")
                .param("task", task)
                .param("ids", new SqlArrayValue("text", ids.toArray()))
                .update();
    }

    /** Some that are still on it. */
    List<Candidate> next(String task, int limit) {
        return jdbc.sql(
                        "SELECT id, version FROM replace_candidate WHERE task_id = ?"
                                + " ORDER BY id LIMIT ?")
                .params(task, limit)
                .query((row, number) -> new Candidate(row.getString(1), row.getLong(2)))
                .list();
    }

    /** Forgets the lists of tasks that are over. */
    @Override
    public void tidy() {
        jdbc.sql(
                        """
                        DELETE FROM replace_candidate c
                        WHERE NOT EXISTS (
                            SELECT FROM task t WHERE t.id = c.task_id AND t.finished_at IS NULL)
                        """)
                .update();
    }
}
