package dev.vitrine.index.column;

import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.index.FacetRange;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.SortKey;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Filters, counts and sorts documents one by one, in the plainest way there is. */
public final class NaiveModel {

    private NaiveModel() {}

    public static boolean matches(Filter filter, Map<String, Object> document) {
        return switch (filter) {
            case Filter.And and -> and.conditions().stream().allMatch(f -> matches(f, document));
            case Filter.Or or -> or.conditions().stream().anyMatch(f -> matches(f, document));
            case Filter.Not not -> !matches(not.condition(), document);
            case Filter.Exists exists -> !values(exists.field(), document).isEmpty();
            case Filter.In in ->
                    in.values().stream()
                            .map(value -> wanted(in.field(), value))
                            .anyMatch(values(in.field(), document)::contains);
            case Filter.Range range ->
                    values(range.field(), document).stream()
                            .anyMatch(value -> inside(range, (double) value));
        };
    }

    private static boolean inside(Filter.Range range, double value) {
        if (range.from() != null) {
            double from = number(range.from());
            if (range.fromInclusive() ? value < from : value <= from) {
                return false;
            }
        }
        if (range.to() != null) {
            double to = number(range.to());
            return range.toInclusive() ? value <= to : value < to;
        }
        return true;
    }

    private static Object wanted(String field, String value) {
        return switch (type(field)) {
            case NUMBER, DATE -> number(value);
            case CATEGORY_PATH -> value.replaceAll("\\s*>\\s*", " > ");
            default -> value;
        };
    }

    private static FieldType type(String field) {
        return RandomShop.SCHEMA.resolve(field).orElseThrow().type();
    }

    private static double number(String text) {
        return text.contains("-")
                ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli()
                : Double.parseDouble(text);
    }

    /** The values of a field as filters and facets see them: Double or String. */
    public static Set<Object> values(String field, Map<String, Object> document) {
        Object value = document.get(field);
        Set<Object> values = new LinkedHashSet<>();
        if (value == null) {
            return values;
        }
        Collection<?> many = value instanceof Collection<?> list ? list : List.of(value);
        for (Object single : many) {
            switch (type(field)) {
                case NUMBER -> values.add(((Number) single).doubleValue());
                case DATE -> values.add(number((String) single));
                case CATEGORY_PATH -> {
                    String[] steps = ((String) single).split(" > ");
                    for (int i = 1; i <= steps.length; i++) {
                        values.add(String.join(" > ", List.of(steps).subList(0, i)));
                    }
                }
                default -> values.add(single.toString());
            }
        }
        return values;
    }

    public static NavigableMap<String, Integer> counts(
            String field, Collection<Map<String, Object>> documents) {
        NavigableMap<String, Integer> counts = new TreeMap<>();
        for (Map<String, Object> document : documents) {
            for (Object value : values(field, document)) {
                counts.merge((String) value, 1, Integer::sum);
            }
        }
        return counts;
    }

    public static List<Double> numbers(String field, Collection<Map<String, Object>> documents) {
        List<Double> numbers = new ArrayList<>();
        for (Map<String, Object> document : documents) {
            for (Object value : values(field, document)) {
                numbers.add((Double) value);
            }
        }
        return numbers;
    }

    public static int inRange(FacetRange range, List<Double> numbers) {
        Double from = range.from();
        Double to = range.to();
        return (int)
                numbers.stream()
                        .filter(v -> (from == null || v >= from) && (to == null || v < to))
                        .count();
    }

    /** Order of two documents by one key; 0 when the key finds no difference. */
    public static int compare(SortKey key, Map<String, Object> a, Map<String, Object> b) {
        Object first = sortValue(key, a);
        Object second = sortValue(key, b);
        if (first == null || second == null) {
            return Boolean.compare(first == null, second == null);
        }
        int order =
                first instanceof Double number
                        ? number.compareTo((Double) second)
                        : text().compare((String) first, (String) second);
        return key.descending() ? -order : order;
    }

    private static @Nullable Object sortValue(SortKey key, Map<String, Object> document) {
        Set<Object> values = values(key.field(), document);
        if (values.isEmpty() || values.iterator().next() instanceof Double) {
            return values.isEmpty() ? null : values.iterator().next();
        }
        boolean largest = key.descending() || type(key.field()) == FieldType.CATEGORY_PATH;
        List<String> texts = values.stream().map(String.class::cast).sorted(text()).toList();
        return largest ? texts.getLast() : texts.getFirst();
    }

    private static Comparator<String> text() {
        return String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());
    }
}
