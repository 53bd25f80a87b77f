package dev.vitrine.standalone.inference;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.servicekit.WireJson;
import dev.vitrine.standalone.source.DocumentShape;
import dev.vitrine.standalone.source.NumberStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A proposed schema with what has to be known to send the products it was made from.
 *
 * @param fields in the order of the file, patterns last
 * @param semanticText template of the text that is embedded; empty to leave it to the writer
 * @param idField the field that identifies a product; empty when none does
 * @param idIsNumber true when its values are JSON numbers
 * @param pathSeparators category fields whose levels are separated otherwise than by {@code >}
 * @param numberStyles number fields whose values are not all written as JSON numbers are
 */
public record InferredSchema(
        List<InferredField> fields,
        String semanticText,
        Optional<String> idField,
        boolean idIsNumber,
        Map<String, String> pathSeparators,
        Map<String, NumberStyle> numberStyles) {

    public InferredSchema {
        fields = List.copyOf(fields);
        pathSeparators = Map.copyOf(pathSeparators);
        numberStyles = Map.copyOf(numberStyles);
    }

    /** The body of {@code PUT /v1/catalogs/{catalog}}. */
    public ObjectNode toJson(JsonMapper json) {
        ObjectNode schema = json.createObjectNode();
        ArrayNode list = schema.putArray("fields");
        fields.forEach(field -> field.writeTo(list.addObject()));
        if (!semanticText.isEmpty()) {
            schema.put("semanticText", semanticText);
        }
        return schema;
    }

    /** What has to be done to the documents before they are sent. */
    public DocumentShape shape() {
        return new DocumentShape(idField, idIsNumber, pathSeparators, numberStyles);
    }

    /**
     * The same for a catalogue that has a schema already: what it does not hold as numbers or as
     * category paths is sent as it is.
     *
     * @param schema as the catalogue tells it
     */
    public DocumentShape shapeFor(JsonNode schema) {
        CatalogSchema existing = WireJson.mapper().treeToValue(schema, CatalogSchema.class);
        return new DocumentShape(
                idField,
                idIsNumber,
                only(pathSeparators, existing, FieldType.CATEGORY_PATH),
                only(numberStyles, existing, FieldType.NUMBER));
    }

    private static <T> Map<String, T> only(
            Map<String, T> ofFields, CatalogSchema schema, FieldType type) {
        return ofFields.entrySet().stream()
                .filter(entry ->
                        schema.resolve(entry.getKey())
                                .filter(field -> field.type() == type)
                                .isPresent())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The names of the facets, for people. */
    public String facets() {
        return fields.stream()
                .filter(InferredField::facet)
                .map(InferredField::name)
                .collect(Collectors.joining(", "));
    }
}
