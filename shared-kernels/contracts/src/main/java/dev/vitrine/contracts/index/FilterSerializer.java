package dev.vitrine.contracts.index;

import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** The tree notation has closed ranges and single comparisons; a half-open range is both. */
    private static void writeRange(Filter.Range range, JsonGenerator json) {
        String from = range.from();
        String to = range.to();
        boolean closed =
                (from == null || range.fromInclusive()) && (to == null || range.toInclusive());
        if (closed) {
            start(range.field(), "range", json);
            writeBound("from", from, json);
            writeBound("to", to, json);
            json.writeEndObject();
            return;
        }
        json.writeStartObject();
        json.writeArrayPropertyStart("and");
        if (from != null) {
            start(range.field(), range.fromInclusive() ? ">=" : ">", json);
            json.writeStringProperty("value", from);
            json.writeEndObject();
        }
        if (to != null) {
            start(range.field(), range.toInclusive() ? "<=" : "<", json);
            json.writeStringProperty("value", to);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeBound(String name, @Nullable String value, JsonGenerator json) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
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
