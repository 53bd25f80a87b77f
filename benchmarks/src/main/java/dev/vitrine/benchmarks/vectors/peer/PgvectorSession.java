package dev.vitrine.benchmarks.vectors.peer;

import static java.util.Objects.requireNonNull;

import dev.vitrine.benchmarks.vectors.RowSubset;
import dev.vitrine.benchmarks.vectors.VectorIndex.Setting;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A connection with its prepared statements; of one thread. */
final class PgvectorSession implements AutoCloseable {

    private final Connection connection;
    private final String table;
    private final String indexed;
    private final String type;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<RowSubset, int[]> numbers = new HashMap<>();
    private final Map<RowSubset, byte[]> bits = new HashMap<>();

    /** How the graph is walked now. */
    private String walk = "";

    /**
     * @param indexed expression that the graph is over
     * @param type of that expression
     */
    PgvectorSession(Connection connection, String table, String indexed, String type)
            throws SQLException {
        this.connection = connection;
        this.table = table;
        this.indexed = indexed;
        this.type = type;
        try (Statement statement = connection.createStatement()) {
            for (String setting : PeerSettings.PGVECTOR_SESSION) {
                statement.execute("SET " + setting);
            }
        }
    }

    /** Ordinals of the best rows, best first. */
    int[] search(float[] query, int k, Setting setting, RowSubset filter) throws SQLException {
        boolean scan = PeerSettings.isScan(setting);
        boolean filtered = filter.words() != null;
        PreparedStatement statement =
                prepare(scan ? scan(k, filtered) : graph(k, filtered, setting.breadth()));
        int next = 1;
        if (filtered && scan) {
            statement.setObject(next++, numbers.computeIfAbsent(filter, PgvectorSession::numbers));
        } else if (filtered) {
            statement.setBytes(next++, bits.computeIfAbsent(filter, PgvectorSession::bits));
        }
        // Sent in binary form.
        statement.setObject(next, query);
        int[] ordinals = new int[k];
        int size = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ordinals[size++] = rows.getInt(1);
            }
        }
        return Arrays.copyOf(ordinals, size);
    }

    /** Every row that passes, found by its number; no index is over a sum. */
    private String scan(int k, boolean filtered) {
        return "SELECT id FROM %s%s ORDER BY (v <#> (SELECT ?::real[]::vector)) + 0 LIMIT %d"
                .formatted(table, filtered ? " WHERE id = ANY(?)" : "", k);
    }

    private String graph(int k, boolean filtered, int breadth) throws SQLException {
        String wanted =
                "SET hnsw.ef_search = %d; SET hnsw.iterative_scan = %s"
                        .formatted(Math.max(k, breadth), filtered ? "relaxed_order" : "off");
        if (!wanted.equals(walk)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(wanted);
            }
            walk = wanted;
        }
        return "SELECT id FROM %s%s ORDER BY %s <#> (SELECT ?::real[]::%s) LIMIT %d"
                .formatted(table, filtered ? " WHERE get_bit(?, id) = 1" : "", indexed, type, k);
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    private static int[] numbers(RowSubset filter) {
        return BitSet.valueOf(requireNonNull(filter.words())).stream().toArray();
    }

    /** Bit i % 8 of byte i / 8 stands for row i, as get_bit counts. */
    private static byte[] bits(RowSubset filter) {
        long[] words = requireNonNull(filter.words());
        ByteBuffer bytes =
                ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
