package dev.vitrine.index.command;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.index.catalog.ProductTraces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The position of the last record of each product and topic. Thread-safe; needs a transaction. */
final class CommandPositions implements ProductTraces {

    private static final String LOCK =
            """
            SELECT id, source_version, source_time, record_partition, record_offset
            FROM command_position
            WHERE tenant = :tenant AND catalog = :catalog AND topic = :topic AND id = ANY (:ids)
            ORDER BY id
            FOR UPDATE
            """;

    private static final String SAVE =
            """
            INSERT INTO command_position (tenant, catalog, id, topic, source_version, source_time,
                                          record_partition, record_offset)
            SELECT :tenant, :catalog, x.id, :topic, x.version, x.time, x.part, x.off
            FROM unnest(:ids, :versions, :times, :partitions, :offsets)
                AS x (id, version, time, part, off)
            ON CONFLICT (tenant, catalog, id, topic) DO UPDATE
            SET source_version = excluded.source_version, source_time = excluded.source_time,
                record_partition = excluded.record_partition,
                record_offset = excluded.record_offset
            """;

    private static final String FORGET =
            """
            DELETE FROM command_position
            WHERE (tenant, catalog, id, topic) IN
                (SELECT tenant, catalog, id, topic FROM command_position
                 WHERE tenant = :tenant AND catalog = :catalog
                 ORDER BY id
                 LIMIT :most)
            """;

    private final JdbcClient jdbc;

    CommandPositions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks what is known of these products; two readers never wait in a ring. */
    Map<String, SourcePosition> lock(CatalogRef catalog, String topic, SortedSet<String> ids) {
        Map<String, SourcePosition> positions = new HashMap<>();
        jdbc.sql(LOCK)
                .param("tenant", catalog.tenant())
                .param("catalog", catalog.catalog())
                .param("topic", topic)
                .param("ids", new SqlArrayValue("text", ids.toArray()))
                .query((row, number) ->
                        Map.entry(
                                row.getString("id"),
                                new SourcePosition(
                                        row.getLong("source_version"),
                                        row.getLong("source_time"),
                                        row.getInt("record_partition"),
                                        row.getLong("record_offset"))))
                .list()
                .forEach(entry -> positions.put(entry.getKey(), entry.getValue()));
        return positions;
    }

    /** Remembers positions. */
    void save(CatalogRef catalog, String topic, Map<String, SourcePosition> positions) {
        if (positions.isEmpty()) {
            return;
        }
        TreeMap<String, SourcePosition> sorted = new TreeMap<>(positions);
        List<SourcePosition> values = List.copyOf(sorted.values());
        jdbc.sql(SAVE)
                .param("tenant", catalog.tenant())
                .param("catalog", catalog.catalog())
                .param("topic", topic)
                .param("ids", new SqlArrayValue("text", sorted.keySet().toArray()))
                .param("versions", numbers(values, SourcePosition::version))
                .param("times", numbers(values, SourcePosition::time))
                .param(
                        "partitions",
                        new SqlArrayValue(
                                "integer",
                                values.stream().map(SourcePosition::partition).toArray()))
                .param("offsets", numbers(values, SourcePosition::offset))
                .update();
    }

    @Override
    public int forget(CatalogRef catalog, int atMost) {
        return jdbc.sql(FORGET)
                .param("tenant", catalog.tenant())
                .param("catalog", catalog.catalog())
                .param("most", atMost)
                .update();
    }

    private static SqlArrayValue numbers(
            List<SourcePosition> positions, ToLongFunction<SourcePosition> number) {
        return new SqlArrayValue("bigint", positions.stream().mapToLong(number).boxed().toArray());
    }
}
