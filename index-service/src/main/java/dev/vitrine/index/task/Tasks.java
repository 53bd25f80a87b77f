package dev.vitrine.index.task;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ImportReport;
import dev.vitrine.contracts.catalog.TaskFault;
import dev.vitrine.contracts.catalog.TaskInfo;
import dev.vitrine.contracts.catalog.TaskKind;
import dev.vitrine.contracts.catalog.TaskState;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The tasks, in PostgreSQL. Every method takes part in the caller's transaction, so that progress
 * and work are committed together. Thread-safe.
 *
 * <p>There are two ways to run one. A task with an owner is run by one process: it holds a lease
 * that {@link TaskKeeper} renews, and what it notes is refused once the lease was given to somebody
 * else. A task without owner stands for work that any process finds in a table of its own (a
 * catalogue's sweep); whoever does the work notes how far it is.
 */
public final class Tasks implements Housekeeping {

    private static final String COLUMNS =
            """
            SELECT id, tenant, catalog, kind, state, done, total, report, error_code, error,
                   created_at, started_at, finished_at
            FROM task
            """;

    private static final String ADD =
            """
            INSERT INTO task (id, tenant, catalog, kind, state, done, total, owner,
                              lease_until, created_at, started_at)
            SELECT :id, :tenant, :catalog, :kind, :state, 0, :total, :owner,
                   CASE WHEN :owner IS NULL THEN NULL
                        ELSE now() + cast(:lease AS bigint) * interval '1 ms' END,
                   :at, CASE WHEN :state = 'RUNNING' THEN cast(:at AS timestamptz) END
            ON CONFLICT DO NOTHING
            """;

    private static final String CLAIM =
            """
            UPDATE task
            SET state = 'RUNNING', owner = :owner,
                lease_until = now() + cast(:lease AS bigint) * interval '1 ms',
                started_at = coalesce(started_at, :at)
            WHERE id = (
                SELECT id FROM task
                WHERE state = 'QUEUED' AND spec IS NOT NULL
                ORDER BY created_at
                LIMIT 1
                FOR UPDATE SKIP LOCKED)
            RETURNING id, tenant, catalog, spec, done, report
            """;

    private final JdbcClient jdbc;
    private final String owner;
    private final TaskProperties properties;
    private final Clock clock;

    /** Tasks that a thread of this process works on; only their leases are renewed. */
    private final Set<String> alive = ConcurrentHashMap.newKeySet();

    /**
     * @param owner name of this process, unlike that of any other
     */
    Tasks(JdbcClient jdbc, String owner, TaskProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.owner = owner;
        this.properties = properties;
        this.clock = clock;
    }

    /** A name for a task that is to be added. */
    public String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /**
     * Adds a task that this process runs until it {@link #leave leaves} it. If the process dies,
     * the task fails.
     *
     * @return false when it is a replace and the catalogue has one that is not finished
     */
    public boolean start(String id, TaskKind kind, CatalogRef catalog) {
        alive.add(id);
        return add(id, kind, catalog, TaskState.RUNNING, null, owner);
    }

    /**
     * Says that nobody in this process works on the task any more, whatever its row says. Where its
     * end could not be noted its lease runs out.
     */
    public void leave(String id) {
        alive.remove(id);
    }

    /**
     * Lets any process do what this one has begun.
     *
     * @param spec JSON that says what is to be done
     * @throws ProblemException with TASK_LOST
     */
    public void handOver(String id, String spec) {
        int rows =
                jdbc.sql(
                                """
                                UPDATE task
                                SET state = 'QUEUED', spec = cast(? AS json), owner = NULL,
                                    lease_until = NULL, started_at = NULL
                                WHERE id = ? AND owner = ? AND state = 'RUNNING'
                                """)
                        .params(spec, id, owner)
                        .update();
        if (rows == 0) {
            throw lost(id);
        }
    }

    /** Forgets a task of this process as if it had never been. */
    public void drop(String id) {
        jdbc.sql("DELETE FROM task WHERE id = ? AND owner = ?").params(id, owner).update();
    }

    /** Adds a task for work that any process finds by itself. */
    public String addSweep(TaskKind kind, CatalogRef catalog, long total) {
        String id = newId();
        add(id, kind, catalog, TaskState.QUEUED, total, null);
        return id;
    }

    private boolean add(
            String id,
            TaskKind kind,
            CatalogRef catalog,
            TaskState state,
            @Nullable Long total,
            @Nullable String by) {
        return jdbc.sql(ADD)
                        .param("id", id)
                        .param("tenant", catalog.tenant())
                        .param("catalog", catalog.catalog())
                        .param("kind", kind.name())
                        .param("state", state.name())
                        .param("total", total, Types.BIGINT)
                        .param("owner", by, Types.VARCHAR)
                        .param("lease", properties.lease().toMillis())
                        .param("at", now())
                        .update()
                == 1;
    }

    /**
     * Claims the task that has waited longest, if any waits. Whose claim was committed without
     * anybody hearing of it is claimed again when its lease has ended.
     */
    public Optional<ClaimedTask> claim() {
        return jdbc.sql(CLAIM)
                .param("owner", owner)
                .param("lease", properties.lease().toMillis())
                .param("at", now())
                .query((row, number) ->
                        new ClaimedTask(
                                row.getString("id"),
                                new CatalogRef(row.getString("tenant"), row.getString("catalog")),
                                row.getString("spec"),
                                row.getLong("done"),
                                report(row.getString("report"))))
                .optional();
    }

    /** Keeps a task alive that was claimed for this process, once that is committed. */
    public void take(String id) {
        alive.add(id);
    }

    /** Tasks that wait to be claimed, of all tenants. */
    public int queued() {
        return jdbc.sql("SELECT count(*) FROM task WHERE state = 'QUEUED' AND spec IS NOT NULL")
                .query(Integer.class)
                .single();
    }

    /**
     * Notes how far a task of this process is.
     *
     * @throws ProblemException with TASK_LOST
     */
    public void note(String id, ImportReport report) {
        change(id, "done = :done, report = cast(:report AS json)", report);
    }

    /**
     * Ends a task of this process well.
     *
     * @throws ProblemException with TASK_LOST
     */
    public void succeed(String id, ImportReport report) {
        change(
                id,
                "state = 'SUCCEEDED', done = :done, total = :done, finished_at = :at,"
                        + " report = cast(:report AS json)",
                report);
    }

    /**
     * Ends a task of this process with a reason.
     *
     * @throws ProblemException with TASK_LOST
     */
    public void fail(String id, ImportReport report, TaskFault fault) {
        change(
                id,
                "state = 'FAILED', done = :done, finished_at = :at, report = cast(:report AS json)",
                report);
        jdbc.sql("UPDATE task SET error_code = ?, error = ? WHERE id = ?")
                .params(fault.code(), fault.message(), id)
                .update();
    }

    /** Ends a task with a reason, if this process still has it; what it noted last stays. */
    public void failAsNoted(String id, TaskFault fault) {
        jdbc.sql(
                        """
                        UPDATE task
                        SET state = 'FAILED', finished_at = ?, error_code = ?, error = ?
                        WHERE id = ? AND owner = ? AND state = 'RUNNING'
                        """)
                .params(now(), fault.code(), fault.message(), id, owner)
                .update();
    }

    /** Gives a claimed task back, for this or another process to take it up where it stands. */
    public void release(String id) {
        jdbc.sql(
                        """
                        UPDATE task SET state = 'QUEUED', owner = NULL, lease_until = NULL
                        WHERE id = ? AND owner = ? AND state = 'RUNNING'
                        """)
                .params(id, owner)
                .update();
    }

    private void change(String id, String what, ImportReport report) {
        int rows =
                jdbc.sql(
                                "UPDATE task SET "
                                        + what
                                        + ", started_at = coalesce(started_at, :at)"
                                        + " WHERE id = :id AND owner = :owner AND state = 'RUNNING'")
                        .param("id", id)
                        .param("owner", owner)
                        .param("done", report.lines())
                        .param("report", WireJson.mapper().writeValueAsString(report))
                        .param("at", now())
                        .update();
        if (rows == 0) {
            throw lost(id);
        }
    }

    private ProblemException lost(String id) {
        return new ProblemException(
                TaskErrors.TASK_LOST,
                "task "
                        + id
                        + " was given up because this process did not answer for "
                        + properties.lease().toSeconds()
                        + " s");
    }

    /** Notes how far a sweep is; never less than what somebody noted before. */
    public void noteSweep(TaskKind kind, CatalogRef catalog, long left) {
        jdbc.sql(
                        """
                        UPDATE task
                        SET state = 'RUNNING', started_at = coalesce(started_at, :at),
                            done = greatest(done, total - :left)
                        WHERE tenant = :tenant AND catalog = :catalog AND kind = :kind
                          AND finished_at IS NULL
                        """)
                .param("at", now())
                .param("left", left)
                .param("tenant", catalog.tenant())
                .param("catalog", catalog.catalog())
                .param("kind", kind.name())
                .update();
    }

    /** Ends the sweeps of a catalogue; with a fault when they were overtaken. */
    public void endSweep(TaskKind kind, CatalogRef catalog, @Nullable TaskFault fault) {
        jdbc.sql(
                        """
                        UPDATE task
                        SET state = :state, started_at = coalesce(started_at, :at),
                            finished_at = :at, error_code = :code, error = :error,
                            done = CASE WHEN cast(:code AS text) IS NULL THEN total ELSE done END
                        WHERE tenant = :tenant AND catalog = :catalog AND kind = :kind
                          AND finished_at IS NULL
                        """)
                .param("state", fault == null ? "SUCCEEDED" : "FAILED")
                .param("at", now())
                .param("code", fault == null ? null : fault.code(), Types.VARCHAR)
                .param("error", fault == null ? null : fault.message(), Types.VARCHAR)
                .param("tenant", catalog.tenant())
                .param("catalog", catalog.catalog())
                .param("kind", kind.name())
                .update();
    }

    /** A task of the tenant. */
    public Optional<TaskInfo> find(String tenant, String id) {
        return jdbc.sql(COLUMNS + "WHERE id = ? AND tenant = ?")
                .params(id, tenant)
                .query((row, number) -> info(row))
                .optional();
    }

    /** The newest sweep of a catalogue that is not finished. */
    public Optional<TaskInfo> openSweep(CatalogRef catalog) {
        return jdbc.sql(
                        COLUMNS
                                + """
                                WHERE tenant = ? AND catalog = ? AND finished_at IS NULL
                                  AND kind IN ('REINDEX', 'CATALOG_DELETE')
                                ORDER BY created_at DESC
                                LIMIT 1
                                """)
                .params(catalog.tenant(), catalog.catalog())
                .query((row, number) -> info(row))
                .optional();
    }

    /** The tasks of a tenant, newest first. */
    List<TaskInfo> list(
            String tenant, @Nullable String catalog, @Nullable TaskState state, int limit) {
        return jdbc.sql(
                        COLUMNS
                                + """
                                WHERE tenant = :tenant
                                  AND (cast(:catalog AS text) IS NULL OR catalog = :catalog)
                                  AND (cast(:state AS text) IS NULL OR state = :state)
                                ORDER BY created_at DESC, id
                                LIMIT :limit
                                """)
                .param("tenant", tenant)
                .param("catalog", catalog, Types.VARCHAR)
                .param("state", state == null ? null : state.name(), Types.VARCHAR)
                .param("limit", limit)
                .query((row, number) -> info(row))
                .list();
    }

    /** Says that this process is alive, then gives up or re-queues what dead ones ran. */
    void keepAlive() {
        jdbc.sql(
                        """
                        UPDATE task SET lease_until = now() + cast(? AS bigint) * interval '1 ms'
                        WHERE owner = ? AND state = 'RUNNING' AND id = ANY (?)
                        """)
                .params(
                        properties.lease().toMillis(),
                        owner,
                        new SqlArrayValue("text", alive.toArray()))
                .update();
        jdbc.sql(
                        """
                        UPDATE task SET state = 'QUEUED', owner = NULL, lease_until = NULL
                        WHERE state = 'RUNNING' AND lease_until < now() AND spec IS NOT NULL
                        """)
                .update();
        jdbc.sql(
                        """
                        UPDATE task
                        SET state = 'FAILED', finished_at = :at, error_code = :code, error = :error
                        WHERE state = 'RUNNING' AND lease_until < now() AND spec IS NULL
                        """)
                .param("at", now())
                .param("code", TaskErrors.PROCESS_DIED)
                .param(
                        "error",
                        "the process that ran it stopped; what it had committed stays, and sending"
                                + " all of it again does no harm")
                .update();
    }

    /** Forgets finished tasks that are too old or too many. */
    @Override
    public void tidy() {
        jdbc.sql("DELETE FROM task WHERE finished_at < ?")
                .param(at(clock.instant().minus(properties.keep())))
                .update();
        jdbc.sql(
                        """
                        DELETE FROM task WHERE id IN (
                            SELECT id FROM task WHERE finished_at IS NOT NULL
                            ORDER BY finished_at DESC OFFSET ?)
                        """)
                .param(properties.keepMax())
                .update();
    }

    Duration lease() {
        return properties.lease();
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static TaskInfo info(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        String report = row.getString("report");
        long total = row.getLong("total");
        boolean known = !row.wasNull();
        return new TaskInfo(
                row.getString("id"),
                TaskKind.valueOf(row.getString("kind")),
                row.getString("catalog"),
                TaskState.valueOf(row.getString("state")),
                row.getLong("done"),
                known ? total : null,
                instant(row, "created_at"),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                code == null ? null : new TaskFault(code, row.getString("error")),
                report == null ? null : report(report));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static ImportReport report(@Nullable String json) {
        return json == null
                ? ImportReport.EMPTY
                : WireJson.mapper().readValue(json, ImportReport.class);
    }
}
