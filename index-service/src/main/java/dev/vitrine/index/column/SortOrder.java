package dev.vitrine.index.column;

import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.index.SortKey;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders ordinals by the values of fields, products without a value last in either direction.
 *
 * <p>Of several terms the first in the direction counts; of a category path always the whole path.
 * Terms are compared without regard to case.
 */
public final class SortOrder {

    private static final Comparator<String> TERMS =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    private SortOrder() {}

    /**
     * The order by several fields.
     *
     * @throws FieldException when a field is unknown or not sortable
     */
    public static OrdinalComparator of(ColumnView view, List<SortKey> keys) {
        OrdinalComparator order = (a, b) -> 0;
        for (int i = 0; i < keys.size(); i++) {
            order = order.then(by(view, keys.get(i), "/sort/" + i));
        }
        return order;
    }

    private static OrdinalComparator by(ColumnView view, SortKey key, String pointer) {
        FieldDefinition definition = view.schema().resolve(key.field()).orElse(null);
        if (definition == null) {
            throw new FieldException(pointer, "the schema has no field '" + key.field() + "'");
        }
        if (!definition.sortable()) {
            throw new FieldException(pointer, "field '" + key.field() + "' is not sortable");
        }
        return switch (view.column(key.field())) {
            case NumberColumn column -> byNumber(column, key.descending());
            case TermColumn column ->
                    byTerm(
                            column,
                            key.descending(),
                            key.descending() || definition.type() == FieldType.CATEGORY_PATH);
            case null -> (a, b) -> 0;
        };
    }

    private static OrdinalComparator byNumber(NumberColumn column, boolean descending) {
        return (a, b) -> {
            double first = column.value(a);
            double second = column.value(b);
            if (Double.isNaN(first) || Double.isNaN(second)) {
                return Boolean.compare(Double.isNaN(first), Double.isNaN(second));
            }
            // Numeric comparison: -0.0 equals 0.0, as it does in filters.
            int order = first < second ? -1 : first > second ? 1 : 0;
            return descending ? -order : order;
        };
    }

    private static OrdinalComparator byTerm(
            TermColumn column, boolean descending, boolean largest) {
        return (a, b) -> {
            int first = column.set(a);
            int second = column.set(b);
            if (first < 0 || second < 0) {
                return Boolean.compare(first < 0, second < 0);
            }
            if (first == second) {
                return 0;
            }
            int order = TERMS.compare(term(column, first, largest), term(column, second, largest));
            return descending ? -order : order;
        };
    }

    private static String term(TermColumn column, int set, boolean largest) {
        String chosen = null;
        for (int code : column.sets()[set]) {
            String term = column.terms()[code];
            if (chosen == null || (TERMS.compare(term, chosen) > 0) == largest) {
                chosen = term;
            }
        }
        return requireTerm(chosen);
    }

    private static String requireTerm(@Nullable String term) {
        if (term == null) {
            throw new IllegalStateException("a set of terms is never empty");
        }
        return term;
    }
}
