package dev.vitrine.servicekit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** JSON as it stands in Kafka records; unknown fields of later versions are read over. */
public final class WireJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private WireJson() {}

    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws tools.jackson.core.JacksonException when the bytes are something else, JSON's null
     *     among it
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        @Nullable T value = MAPPER.readValue(bytes, type);
        if (value == null) {
            throw MismatchedInputException.from((JsonParser) null, type, "null");
        }
        return value;
    }

    /** The mapper itself, for streaming uses. */
    public static JsonMapper mapper() {
        return MAPPER;
    }
}
