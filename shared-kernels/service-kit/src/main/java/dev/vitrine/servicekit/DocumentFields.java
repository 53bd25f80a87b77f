package dev.vitrine.servicekit;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * Fields of a document that go out as the JSON they came in as: a page is answered without reading
 * a value of it. Who looks into the map has it read then. Unchanging; for one thread.
 */
@JsonSerialize(using = DocumentFields.AsTheyCame.class)
public final class DocumentFields extends AbstractMap<String, Object> {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final byte[] json;
    private @Nullable Map<String, Object> read;

    /**
     * @param json an object; taken over, not copied
     */
    public DocumentFields(byte[] json) {
        this.json = json;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> fields = read;
        if (fields == null) {
            fields = WireJson.mapper().readValue(json, FIELDS);
            read = fields;
        }
        return fields.entrySet();
    }

    /** Writes the bytes. */
    static final class AsTheyCame extends ValueSerializer<DocumentFields> {

        @Override
        public void serialize(
                DocumentFields fields, JsonGenerator generator, SerializationContext context) {
            generator.writeRawValue(new String(fields.json, StandardCharsets.UTF_8));
        }
    }
}
