package dev.vitrine.servicekit;

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
     * @throws tools.jackson.core.JacksonException when the bytes are something else
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        return MAPPER.readValue(bytes, type);
    }

    /** The mapper itself, for streaming uses. */
    public static JsonMapper mapper() {
        return MAPPER;
    }
}
