package dev.vitrine.contracts.index;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads a filter in either notation where a record holds one. */
final class FilterDeserializer extends ValueDeserializer<Filter> {

    @Override
    public Filter deserialize(JsonParser parser, DeserializationContext context) {
        return FilterParser.parse(context.readTree(parser));
    }

    @Override
    public Class<?> handledType() {
        return Filter.class;
    }
}
