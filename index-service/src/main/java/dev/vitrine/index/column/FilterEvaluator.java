package dev.vitrine.index.column;

import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.FilterException;
import dev.vitrine.contracts.index.FilterOperands;
import java.util.List;
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
        FieldType type = FilterOperands.definition(view.schema(), in.field(), pointer).type();
        long[] words = new long[all.length];
        if (FilterOperands.isNumeric(type)) {
            double[] wanted = FilterOperands.numbers(in, type, pointer);
            if (view.column(in.field()) instanceof NumberColumn numbers) {
                for (int w = 0; w < words.length; w++) {
                    for (double value : wanted) {
                        words[w] |= numbers.between(w, value, value);
                    }
                }
            }
            return words;
        }
        List<String> wanted = FilterOperands.terms(in, type, pointer);
        if (view.column(in.field()) instanceof TermColumn terms) {
            boolean[] sets = terms.setsWith(wanted);
            for (int w = 0; w < words.length; w++) {
                words[w] = terms.among(w, sets);
            }
        }
        return words;
    }

    private long[] range(Filter.Range range, String pointer) {
        FieldType type = FilterOperands.definition(view.schema(), range.field(), pointer).type();
        FilterOperands.Bounds bounds = FilterOperands.bounds(range, type, pointer);
        long[] words = new long[all.length];
        if (view.column(range.field()) instanceof NumberColumn numbers) {
            for (int w = 0; w < words.length; w++) {
                words[w] = numbers.between(w, bounds.from(), bounds.to());
            }
        }
        return words;
    }

    private long[] exists(Filter.Exists exists, String pointer) {
        FilterOperands.definition(view.schema(), exists.field(), pointer);
        long[] words = new long[all.length];
        Column column = view.column(exists.field());
        if (column != null) {
            for (int w = 0; w < words.length; w++) {
                words[w] = column.pages().presence(w);
            }
        }
        return words;
    }
}
