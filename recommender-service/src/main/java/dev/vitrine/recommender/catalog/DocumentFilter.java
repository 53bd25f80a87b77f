package dev.vitrine.recommender.catalog;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.catalog.FieldValues;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.FilterException;
import dev.vitrine.contracts.index.FilterOperands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A filter made ready for the documents of one catalogue; agrees with the filters of the index.
 * Immutable.
 *
 * <p>A comparison with a field that the document does not have does not hold; its negation does.
 */
public final class DocumentFilter {

    private final Predicate<Map<String, Object>> condition;

    private DocumentFilter(Predicate<Map<String, Object>> condition) {
        this.condition = condition;
    }

    /**
     * Reads fields and values by the schema.
     *
     * @throws FilterException when a field is unknown or not filterable, or a value does not fit
     */
    public static DocumentFilter of(CatalogSchema schema, Filter filter) {
        return new DocumentFilter(read(schema, filter, ""));
    }

    /** Whether a document fits. */
    public boolean matches(Map<String, Object> document) {
        return condition.test(document);
    }

    private static Predicate<Map<String, Object>> read(
            CatalogSchema schema, Filter filter, String pointer) {
        return switch (filter) {
            case Filter.And and -> {
                List<Predicate<Map<String, Object>>> all =
                        readAll(schema, and.conditions(), pointer + "/and/");
                yield document -> all.stream().allMatch(each -> each.test(document));
            }
            case Filter.Or or -> {
                List<Predicate<Map<String, Object>>> any =
                        readAll(schema, or.conditions(), pointer + "/or/");
                yield document -> any.stream().anyMatch(each -> each.test(document));
            }
            case Filter.Not not -> read(schema, not.condition(), pointer + "/not").negate();
            case Filter.In in ->
                    in(FilterOperands.definition(schema, in.field(), pointer), in, pointer);
            case Filter.Range range ->
                    range(
                            FilterOperands.definition(schema, range.field(), pointer),
                            range,
                            pointer);
            case Filter.Exists exists -> {
                FieldType type = FilterOperands.definition(schema, exists.field(), pointer).type();
                yield FilterOperands.isNumeric(type)
                        ? document ->
                                !Double.isNaN(
                                        FieldValues.number(type, document.get(exists.field())))
                        : document ->
                                !FieldValues.terms(type, document.get(exists.field())).isEmpty();
            }
        };
    }

    private static List<Predicate<Map<String, Object>>> readAll(
            CatalogSchema schema, List<Filter> conditions, String pointer) {
        List<Predicate<Map<String, Object>>> all = new ArrayList<>(conditions.size());
        for (int i = 0; i < conditions.size(); i++) {
            all.add(read(schema, conditions.get(i), pointer + i));
        }
        return all;
    }

    private static Predicate<Map<String, Object>> in(
            FieldDefinition definition, Filter.In in, String pointer) {
        FieldType type = definition.type();
        String field = in.field();
        if (FilterOperands.isNumeric(type)) {
            double[] wanted = FilterOperands.numbers(in, type, pointer);
            return document -> {
                double number = FieldValues.number(type, document.get(field));
                for (double value : wanted) {
                    // Unlike Double.equals, this lets 0.0 equal -0.0 and NaN equal nothing.
                    if (value == number) {
                        return true;
                    }
                }
                return false;
            };
        }
        Set<String> wanted = Set.copyOf(FilterOperands.terms(in, type, pointer));
        return document ->
                FieldValues.terms(type, document.get(field)).stream().anyMatch(wanted::contains);
    }

    private static Predicate<Map<String, Object>> range(
            FieldDefinition definition, Filter.Range range, String pointer) {
        FieldType type = definition.type();
        String field = range.field();
        FilterOperands.Bounds bounds = FilterOperands.bounds(range, type, pointer);
        return document -> {
            double number = FieldValues.number(type, document.get(field));
            return number >= bounds.from() && number <= bounds.to();
        };
    }
}
