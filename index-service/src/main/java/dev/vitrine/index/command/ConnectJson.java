package dev.vitrine.index.command;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kafka Connect's JSON with its schema, {@code {"schema":..., "payload":...}}: the payload with the
 * types that only the schema knows. Decimals are bytes in it, dates are days.
 */
final class ConnectJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConnectJson() {}

    /** Whether a JSON object is one. */
    static boolean isOne(Map<String, Object> object) {
        return object.size() == 2 && object.containsKey("schema") && object.containsKey("payload");
    }

    /**
     * The payload.
     *
     * @throws UnusableRecordException when payload and schema do not fit
     */
    static @Nullable Object payload(Map<String, Object> object) throws UnusableRecordException {
        Object payload = object.get("payload");
        return object.get("schema") instanceof Map<?, ?> schema
                ? convert(schema, payload, "payload")
                : payload;
    }

    private static @Nullable Object convert(Map<?, ?> schema, @Nullable Object value, String path)
            throws UnusableRecordException {
        if (value == null) {
            return null;
        }
        String name = String.valueOf(schema.get("name"));
        try {
            return switch (name) {
                case "org.apache.kafka.connect.data.Decimal" -> decimal(schema, value);
                case "io.debezium.data.VariableScaleDecimal" -> variableDecimal(value);
                case "org.apache.kafka.connect.data.Date", "io.debezium.time.Date" ->
                        LocalDate.ofEpochDay(number(value)).toString();
                case "org.apache.kafka.connect.data.Timestamp", "io.debezium.time.Timestamp" ->
                        Instant.ofEpochMilli(number(value)).toString();
                case "io.debezium.time.MicroTimestamp" ->
                        Instant.EPOCH.plus(number(value), ChronoUnit.MICROS).toString();
                case "io.debezium.time.NanoTimestamp" ->
                        Instant.EPOCH.plus(Duration.ofNanos(number(value))).toString();
                case "io.debezium.data.Json" -> json(value);
                default -> byType(schema, value, path);
            };
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new UnusableRecordException(
                    path + " is not the " + name + " that its schema promises", e);
        }
    }

    private static @Nullable Object byType(Map<?, ?> schema, Object value, String path)
            throws UnusableRecordException {
        return switch (String.valueOf(schema.get("type"))) {
            case "struct" -> struct(schema, value, path);
            case "array" -> {
                List<@Nullable Object> items = new ArrayList<>();
                Map<?, ?> itemSchema = object(schema.get("items"));
                for (Object item : value instanceof List<?> list ? list : List.of(value)) {
                    items.add(convert(itemSchema, item, path + "[]"));
                }
                yield items;
            }
            case "map" -> {
                // A map whose keys are no texts comes as a list of pairs; that stays as it is.
                if (!(value instanceof Map<?, ?> entries)) {
                    yield value;
                }
                Map<String, @Nullable Object> converted = new LinkedHashMap<>();
                Map<?, ?> valueSchema = object(schema.get("values"));
                for (Map.Entry<?, ?> entry : entries.entrySet()) {
                    String key = String.valueOf(entry.getKey());
                    converted.put(key, convert(valueSchema, entry.getValue(), path + "." + key));
                }
                yield converted;
            }
            default -> value;
        };
    }

    private static Object struct(Map<?, ?> schema, Object value, String path)
            throws UnusableRecordException {
        if (!(value instanceof Map<?, ?> members)) {
            throw new UnusableRecordException(path + " is not the struct that its schema promises");
        }
        Map<String, @Nullable Object> converted = new LinkedHashMap<>();
        members.forEach((field, member) -> converted.put(String.valueOf(field), member));
        if (schema.get("fields") instanceof List<?> fields) {
            for (Object field : fields) {
                Map<?, ?> fieldSchema = object(field);
                String name = String.valueOf(fieldSchema.get("field"));
                if (converted.get(name) != null) {
                    converted.put(
                            name, convert(fieldSchema, converted.get(name), path + "." + name));
                }
            }
        }
        return converted;
    }

    /** Bytes in base64 and a scale in the schema; a number where {@code decimal.format=NUMERIC}. */
    private static Object decimal(Map<?, ?> schema, Object value) {
        if (value instanceof Number) {
            return value;
        }
        Object scale = object(schema.get("parameters")).get("scale");
        return new BigDecimal(unscaled(value), Integer.parseInt(String.valueOf(scale)));
    }

    private static Object variableDecimal(Object value) {
        Map<?, ?> struct = object(value);
        return new BigDecimal(
                unscaled(struct.get("value")), Math.toIntExact(number(struct.get("scale"))));
    }

    private static BigInteger unscaled(@Nullable Object value) {
        byte[] bytes = Base64.getDecoder().decode(String.valueOf(value));
        if (bytes.length == 0) {
            throw new IllegalArgumentException("no bytes");
        }
        return new BigInteger(bytes);
    }

    private static long number(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException("not a whole number");
    }

    private static Object json(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
