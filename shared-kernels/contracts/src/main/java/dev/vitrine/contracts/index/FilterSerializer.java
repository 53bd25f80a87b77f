package dev.vitrine.contracts.index;

import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes a filter as the JSON tree that {@link FilterParser} reads. */
final class FilterSerializer extends ValueSerializer<Filter> {

    @Override
    public void serialize(Filter filter, JsonGenerator json, SerializationContext context) {
        switch (filter) {
            case Filter.And and -> writeAll("and", and.conditions(), json, context);
            case Filter.Or or -> writeAll("or", or.conditions(), json, context);
            case Filter.Not not -> {
                json.writeStartObject();
                json.writeName("not");
                serialize(not.condition(), json, context);
                json.writeEndObject();
            }
            case Filter.In in -> {
                start(in.field(), "in", json);
                json.writeArrayPropertyStart("values");
                in.values().forEach(json::writeString);
                json.writeEndArray();
                json.writeEndObject();
            }
            case Filter.Range range -> writeRange(range, json);
            case Filter.Exists exists -> {
                start(exists.field(), "exists", json);
                json.writeEndObject();
            }
        }
    }

    /**
     * The tree notation has closed ranges and comparisons; a half-open interval is two of these.
     */
    private static void writeRange(Filter.Range range, JsonGenerator json) {
        String from = range.from();
        String to = range.to();
        if (from != null && to != null && range.fromInclusive() && range.toInclusive()) {
            start(range.field(), "range", json);
            json.writeStringProperty("from", from);
            json.writeStringProperty("to", to);
            json.writeEndObject();
            return;
        }
        boolean both = from != null && to != null;
        if (both) {
            json.writeStartObject();
            json.writeArrayPropertyStart("and");
        }
        if (from != null) {
            writeComparison(range.field(), range.fromInclusive() ? ">=" : ">", from, json);
        }
        if (to != null) {
            writeComparison(range.field(), range.toInclusive() ? "<=" : "<", to, json);
        }
        if (both) {
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void writeComparison(
            String field, String operator, String value, JsonGenerator json) {
        start(field, operator, json);
        json.writeStringProperty("value", value);
        json.writeEndObject();
    }

    private void writeAll(
            String name, List<Filter> parts, JsonGenerator json, SerializationContext context) {
        json.writeStartObject();
        json.writeArrayPropertyStart(name);
        for (Filter part : parts) {
            serialize(part, json, context);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void start(String field, String operator, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("field", field);
        json.writeStringProperty("op", operator);
    }
}
