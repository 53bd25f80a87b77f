package dev.vitrine.index.column;

import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.catalog.FieldValues;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.FilterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a filter into the set of the ordinals that it lets through, from one view. */
public final class FilterEvaluator {

    private final ColumnView view;
    private final long[] all;

    public FilterEvaluator(ColumnView view) {
        this.view = view;
        this.all = view.all();
    }

    /**
     * The products that fit, all of them without a filter; a new array.
     *
     * @throws FilterException when a field is unknown or cannot be filtered, or a value does not
     *     fit its type
     */
    public long[] evaluate(@Nullable Filter filter) {
        return filter == null ? all.clone() : words(filter, "");
    }

    private long[] words(Filter filter, String pointer) {
        return switch (filter) {
            case Filter.And and -> {
                long[] words = all.clone();
                for (int i = 0; i < and.conditions().size(); i++) {
                    Words.and(words, words(and.conditions().get(i), pointer + "/and/" + i));
                }
                yield words;
            }
            case Filter.Or or -> {
                long[] words = new long[all.length];
                for (int i = 0; i < or.conditions().size(); i++) {
                    Words.or(words, words(or.conditions().get(i), pointer + "/or/" + i));
                }
                yield words;
            }
            case Filter.Not not -> {
                long[] words = words(not.condition(), pointer + "/not");
                for (int w = 0; w < words.length; w++) {
                    words[w] = all[w] & ~words[w];
                }
                yield words;
            }
            case Filter.In in -> in(in, pointer);
            case Filter.Range range -> range(range, pointer);
            case Filter.Exists exists -> exists(exists, pointer);
        };
    }

    private long[] in(Filter.In in, String pointer) {
        FieldType type = definition(in.field(), pointer).type();
        long[] words = new long[all.length];
        Column column;
        if (ColumnStore.isNumeric(type)) {
            double[] wanted = new double[in.values().size()];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = number(in.field(), type, in.values().get(i), pointer);
            }
            column = view.column(in.field());
            if (column instanceof NumberColumn numbers) {
                for (int w = 0; w < words.length; w++) {
                    for (double value : wanted) {
                        words[w] |= numbers.between(w, value, value);
                    }
                }
            }
            return words;
        }
        List<String> wanted = new ArrayList<>();
        for (String value : in.values()) {
            wanted.add(term(in.field(), type, value, pointer));
        }
        column = view.column(in.field());
        if (column instanceof TermColumn terms) {
            boolean[] sets = terms.setsWith(wanted);
            for (int w = 0; w < words.length; w++) {
                words[w] = terms.among(w, sets);
            }
        }
        return words;
    }

    private long[] range(Filter.Range range, String pointer) {
        FieldType type = definition(range.field(), pointer).type();
        if (!ColumnStore.isNumeric(type)) {
            throw new FilterException(
                    pointer,
                    "field '"
                            + range.field()
                            + "' is of type "
                            + name(type)
                            + ": ranges and comparisons need a number or a date");
        }
        double from = Double.NEGATIVE_INFINITY;
        if (range.from() != null) {
            from = number(range.field(), type, range.from(), pointer);
            from = range.fromInclusive() ? from : Math.nextUp(from);
        }
        double to = Double.POSITIVE_INFINITY;
        if (range.to() != null) {
            to = number(range.field(), type, range.to(), pointer);
            to = range.toInclusive() ? to : Math.nextDown(to);
        }
        long[] words = new long[all.length];
        if (view.column(range.field()) instanceof NumberColumn numbers) {
            for (int w = 0; w < words.length; w++) {
                words[w] = numbers.between(w, from, to);
            }
        }
        return words;
    }

    private long[] exists(Filter.Exists exists, String pointer) {
        definition(exists.field(), pointer);
        long[] words = new long[all.length];
        Column column = view.column(exists.field());
        if (column != null) {
            for (int w = 0; w < words.length; w++) {
                words[w] = column.pages().presence(w);
            }
        }
        return words;
    }

    private FieldDefinition definition(String field, String pointer) {
        FieldDefinition definition = view.schema().resolve(field).orElse(null);
        if (definition == null) {
            throw new FilterException(pointer, "the schema has no field '" + field + "'");
        }
        if (!definition.filterable()) {
            throw new FilterException(pointer, "field '" + field + "' is not filterable");
        }
        return definition;
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

    private static String term(String field, FieldType type, String value, String pointer) {
        String term = FieldValues.term(type, value);
        if (type == FieldType.BOOLEAN && !term.equals("true") && !term.equals("false")) {
            throw new FilterException(
                    pointer, "field '" + field + "' needs true or false, not '" + value + "'");
        }
        return term;
    }

    static String name(FieldType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
