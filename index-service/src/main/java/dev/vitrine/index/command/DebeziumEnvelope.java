package dev.vitrine.index.command;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Change events of Debezium, as whole envelopes and as rows that {@code ExtractNewRecordState} took
 * out of them. Thread-safe.
 */
final class DebeziumEnvelope {

    private static final String DELETED = "__deleted";

    private final String unavailable;
    private final String unavailableBytes;

    /**
     * @param unavailable what Debezium sends for a column whose value it does not have
     */
    DebeziumEnvelope(String unavailable) {
        this.unavailable = unavailable;
        this.unavailableBytes =
                Base64.getEncoder().encodeToString(unavailable.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a JSON object is an envelope. */
    static boolean isOne(Map<String, Object> object) {
        if (!(object.get("op") instanceof String op) || !(object.get("source") instanceof Map)) {
            return false;
        }
        return switch (op) {
            case "c", "r", "u", "d" -> object.containsKey("before") || object.containsKey("after");
            case "t", "m" -> true;
            default -> false;
        };
    }

    /**
     * What an envelope says.
     *
     * @throws UnusableRecordException for what is no change of one row
     */
    Change envelope(Map<String, Object> envelope) throws UnusableRecordException {
        String op = String.valueOf(envelope.get("op"));
        Map<String, Object> row =
                switch (op) {
                    case "c", "r", "u" -> row(envelope.get("after"));
                    case "d" -> row(envelope.get("before"));
                    case "t" ->
                            throw new UnusableRecordException(
                                    "a truncated table deletes nothing here: delete the catalogue,"
                                            + " or import with --replace");
                    default ->
                            throw new UnusableRecordException(
                                    "a logical decoding message is no product");
                };
        if (row == null && !op.equals("d")) {
            throw new UnusableRecordException("Debezium's '" + op + "' has no row in 'after'");
        }
        Map<?, ?> source = envelope.get("source") instanceof Map<?, ?> map ? map : Map.of();
        long time = number(source.get("ts_ms"));
        long lsn = number(source.get("lsn"));
        return change(op.equals("d"), row == null ? Map.of() : row)
                .aged(lsn == SourcePosition.UNKNOWN ? time : lsn, time);
    }

    /** Whether a row was taken out of an envelope. */
    static boolean isExtracted(Map<String, Object> row) {
        return row.containsKey(DELETED) || row.containsKey("__op");
    }

    /**
     * What a row says that was taken out of an envelope; its members {@code __name} are no fields.
     */
    Change extracted(Map<String, Object> row) {
        Map<String, Object> fields = new LinkedHashMap<>(row);
        fields.keySet().removeIf(name -> name.startsWith("__"));
        boolean deleted =
                "true".equals(String.valueOf(row.get(DELETED))) || "d".equals(row.get("__op"));
        long time = first(row, "__source_ts_ms", "__ts_ms");
        long lsn = first(row, "__source_lsn", "__lsn");
        return change(deleted, fields).aged(lsn == SourcePosition.UNKNOWN ? time : lsn, time);
    }

    private Change change(boolean deleted, Map<String, Object> row) {
        if (deleted) {
            return Change.of(Change.Action.DELETE, row);
        }
        Map<String, Object> known = new LinkedHashMap<>(row);
        known.values().removeIf(this::isUnavailable);
        // Put whole, the row would take away what the database still has.
        return Change.of(
                known.size() < row.size() ? Change.Action.PATCH : Change.Action.UPSERT, known);
    }

    /** Text, bytes, array and hstore columns each have a form of it. */
    private boolean isUnavailable(@Nullable Object value) {
        return switch (value) {
            case String text -> text.equals(unavailable) || text.equals(unavailableBytes);
            case List<?> list -> list.size() == 1 && isUnavailable(list.getFirst());
            case Map<?, ?> map -> map.size() == 1 && map.containsKey(unavailable);
            case null, default -> false;
        };
    }

    private static @Nullable Map<String, Object> row(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            return null;
        }
        Map<String, Object> row = new LinkedHashMap<>();
        members.forEach((name, member) -> row.put((String) name, member));
        return row;
    }

    private static long first(Map<String, Object> row, String one, String other) {
        long number = number(row.get(one));
        return number == SourcePosition.UNKNOWN ? number(row.get(other)) : number;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Integer || value instanceof Long
                ? ((Number) value).longValue()
                : SourcePosition.UNKNOWN;
    }
}
