package dev.vitrine.contracts.index;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.catalog.FieldValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields and values of a filter's conditions by the schema. The one place that says what
 * a condition may ask of a field, so that whoever evaluates filters refuses and accepts the same.
 */
public final class FilterOperands {

    private FilterOperands() {}

    /**
     * A closed interval; an open side is infinite, an excluded bound has become its neighbour.
     *
     * @param from smallest number that fits
     * @param to largest number that fits
     */
    public record Bounds(double from, double to) {}

    /** Whether values of this type are compared as numbers. */
    public static boolean isNumeric(FieldType type) {
        return type == FieldType.NUMBER || type == FieldType.DATE;
    }

    /**
     * The definition of a field that a filter names.
     *
     * @throws FilterException when the schema has no such field, or it cannot be filtered
     */
    public static FieldDefinition definition(CatalogSchema schema, String field, String pointer) {
        FieldDefinition definition =
                schema.resolve(field)
                        .orElseThrow(() ->
                                new FilterException(
                                        pointer, "the schema has no field '" + field + "'"));
        if (!definition.filterable()) {
            throw new FilterException(pointer, "field '" + field + "' is not filterable");
        }
        return definition;
    }

    /**
     * The values of a condition on a numeric field.
     *
     * @throws FilterException when one is no number or date
     */
    public static double[] numbers(Filter.In in, FieldType type, String pointer) {
        double[] numbers = new double[in.values().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(in.field(), type, in.values().get(i), pointer);
        }
        return numbers;
    }

    /**
     * The values of a condition on any other field, in the form of {@link FieldValues#terms}.
     *
     * @throws FilterException when one does not fit the type
     */
    public static List<String> terms(Filter.In in, FieldType type, String pointer) {
        List<String> terms = new ArrayList<>(in.values().size());
        for (String value : in.values()) {
            String term = FieldValues.term(type, value);
            if (type == FieldType.BOOLEAN && !term.equals("true") && !term.equals("false")) {
                throw new FilterException(
                        pointer,
                        "field '" + in.field() + "' needs true or false, not '" + value + "'");
            }
            terms.add(term);
        }
        return terms;
    }

    /**
     * The interval of a range.
     *
     * @throws FilterException when the field is not numeric, or a bound is no number or date
     */
    public static Bounds bounds(Filter.Range range, FieldType type, String pointer) {
        if (!isNumeric(type)) {
            throw new FilterException(
                    pointer,
                    "field '"
                            + range.field()
                            + "' is of type "
                            + type.wireName()
                            + ": ranges and comparisons need a number or a date");
        }
        Double from = bound(range.field(), type, range.from(), pointer);
        Double to = bound(range.field(), type, range.to(), pointer);
        return new Bounds(
                from == null
                        ? Double.NEGATIVE_INFINITY
                        : range.fromInclusive() ? from : Math.nextUp(from),
                to == null
                        ? Double.POSITIVE_INFINITY
                        : range.toInclusive() ? to : Math.nextDown(to));
    }

    private static @Nullable Double bound(
            String field, FieldType type, @Nullable String value, String pointer) {
        return value == null ? null : Double.valueOf(number(field, type, value, pointer));
    }

    private static double number(String field, FieldType type, String value, String pointer) {
        double number = FieldValues.parse(type, value);
        if (!Double.isFinite(number)) {
            throw new FilterException(
                    pointer,
                    "field '"
                            + field
                            + "' needs "
                            + (type == FieldType.DATE
                                    ? "an ISO 8601 date or date-time"
                                    : "a finite number")
                            + ", not '"
                            + value
                            + "'");
        }
        return number;
    }
}
