package dev.vitrine.index.command;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The id that a record's key holds: the text itself, {@code tenant/catalog/id}, a JSON value,
 * {@code {"id":...}}, or one of these with Kafka Connect's schema.
 */
final class RecordKey {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RecordKey() {}

    /** The product that a key names in full. */
    static Optional<ProductKey> product(@Nullable String key) {
        if (key == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ProductKey.parse(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The id in a key whose catalogue is known from elsewhere; null without one.
     *
     * @throws UnusableRecordException when an id is there and cannot be one
     */
    static @Nullable String id(@Nullable String key, CatalogRef catalog, String idField)
            throws UnusableRecordException {
        if (key == null || key.isBlank()) {
            return null;
        }
        String prefix = catalog.key() + '/';
        if (key.startsWith(prefix)) {
            return key.substring(prefix.length());
        }
        char first = key.strip().charAt(0);
        if (first != '{' && first != '"') {
            return key;
        }
        try {
            return id(JSON.readValue(key, Object.class), idField);
        } catch (JacksonException e) {
            // A text may begin so without being JSON.
            return key;
        }
    }

    private static @Nullable String id(@Nullable Object value, String idField)
            throws UnusableRecordException {
        if (!(value instanceof Map<?, ?> members)) {
            return text(value);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        members.forEach((name, member) -> object.put((String) name, member));
        if (ConnectJson.isOne(object)) {
            return id(ConnectJson.payload(object), idField);
        }
        if (object.containsKey(idField)) {
            return text(object.get(idField));
        }
        if (object.size() == 1) {
            return text(object.values().iterator().next());
        }
        throw new UnusableRecordException("the key has no field '" + idField + "'");
    }

    /**
     * An id as text; null stays null.
     *
     * @throws UnusableRecordException when it is neither a text nor a whole number
     */
    static @Nullable String text(@Nullable Object id) throws UnusableRecordException {
        return switch (id) {
            case null -> null;
            case String text -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case BigInteger number -> number.toString();
            case BigDecimal number when number.stripTrailingZeros().scale() <= 0 ->
                    number.toBigInteger().toString();
            default ->
                    throw new UnusableRecordException(
                            "a product id is a text or a whole number, not " + id);
        };
    }
}
